// Times two kernels in turn.
#pragma once

#include "runtime/registry.h"
#include "toolkit/tuning/measurement.h"

namespace fsd::tuning {

// One entry per shape. Both see the same numbers; the order alternates, A B B A, so that a drift of the
// machine's speed falls on both.
std::vector<Timings> time_in_turn(const Kernel &best, const Kernel &candidate, const MeasurementJob &job);

}  // namespace fsd::tuning
