// The epochs of a training as a table for spreadsheets and plots.
#pragma once

#include "toolkit/jobs/training_job.h"

#include <string>

namespace fsd {

// CSV with the columns epoch, loss (nats, or the squared error), accuracy, test_accuracy, test_nll (nats),
// test_ece, held_out_loss, run ("hold-out", then "all" with --refit); accuracies are shares of 1. What does
// not exist - accuracies of a regression, tests that were not asked for or that an interrupted run made - is
// an empty field.
std::string training_log_csv(const TrainingOutcome &outcome);

}  // namespace fsd
