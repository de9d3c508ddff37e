// What `fsdnet train` says at its end, as text or JSON, and the curves.
#pragma once

#include "toolkit/jobs/training_job.h"

#include <string>

namespace fsd::command_line {

struct TrainingReport {
    std::string curves, log;  // files; empty: none
    bool json = false;
};

// Prints to the standard output; writes the curves and the log.
void report(const TrainingJob &job, const TrainingOutcome &outcome, const TrainingReport &wanted);

}  // namespace fsd::command_line
