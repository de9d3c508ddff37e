// What `fsdnet train` says at its end, as text or JSON, and the curves.
#pragma once

#include "apps/fsdnet/training_job.h"
#include "apps/fsdnet/training_run.h"
#include "toolkit/evaluation/calibration.h"

#include <optional>

namespace fsd::command_line {

struct TrainingOutcome {
    const Dataset &dataset;
    const Dataset *test;  // nullptr: not evaluated
    const Trainer &trainer;
    const RunResult &run;
    const std::optional<Calibration> &calibration;
    const Model &model;  // as written
};

// Prints to the standard output; writes job.curves.
void report(const TrainingJob &job, const TrainingOutcome &outcome);

}  // namespace fsd::command_line
