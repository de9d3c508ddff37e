// `fsdnet tune --retrain`: the cost model of Adams2019, learned anew.
#pragma once

#include "apps/fsdnet/tuning_job.h"
#include "toolkit/tuning/tuner.h"

namespace fsd::command_line {

// Prints what the weights changed.
void retrain_cost_model(const TuningJob &job, const tuning::BuildTree &tree);

}  // namespace fsd::command_line
