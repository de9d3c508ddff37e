// `fsdnet tune --adopt`: kernels for one shape each.
#pragma once

#include "apps/fsdnet/tuning_job.h"
#include "toolkit/tuning/tuner.h"

namespace fsd::command_line {

// Measures for each operator and shape of the job, adopts what is better than the general kernel, and prints
// what came of it. Throws Error(unsupported) for devices.
void adopt_kernels(const TuningJob &job, const tuning::BuildTree &tree, const tuning::TuningOptions &options);

}  // namespace fsd::command_line
