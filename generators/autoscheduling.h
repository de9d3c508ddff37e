// What an autoscheduler is given in place of a schedule: the shapes to schedule for, and formulas without
// what only our schedules need (docs/tuning.md).
#pragma once

#include "Halide.h"

#include <string>

namespace fsd {

// Sets the estimates of a generator whose pipeline is built, as Operator::estimates words them.
void estimate_arguments(Halide::Internal::GeneratorBase &generator, const std::string &estimates);

// Removes unsafe_promise_clamped() from all stages: clamps take its place, which hold for every schedule.
void drop_promises(const Halide::Pipeline &pipeline);

}  // namespace fsd
