// Compares a candidate with the float64 reference of the op's tests.
#pragma once

#include "runtime/registry.h"
#include "toolkit/tuning/measurement.h"

namespace fsd::tuning {

// Sets the verdict and the sentence where the kernel is wrong or refuses a shape; counts the comparisons.
void check(const Kernel &kernel, const MeasurementJob &job, Measurement &measurement);

}  // namespace fsd::tuning
