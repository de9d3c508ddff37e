// The command line that a training can be repeated with.
#pragma once

#include "toolkit/jobs/training_job.h"

#include <string>

namespace fsd {

// What a shell takes to give the same model again, with `holdout` images held out; without the options that
// do not change the model.
std::string training_command(const TrainingJob &job, int holdout);

}  // namespace fsd
