// One run of the trainer from beginning or checkpoint to its end, with progress, checkpoints and Ctrl-C.
#pragma once

#include "toolkit/evaluation/evaluation.h"
#include "toolkit/training/trainer.h"

#include <functional>
#include <string>
#include <vector>

namespace fsd::command_line {

struct RunOptions {
    std::string name;               // stands before the progress, e.g. "hold-out: "; may be empty
    std::string checkpoint;         // the file: written after each epoch and when interrupted
    bool resume = false;            // from the file
    const Dataset *test = nullptr;  // evaluated after each epoch, only to be printed
};

struct RunResult {
    std::vector<double> seconds;          // per epoch that this process ran from its beginning to its end
    std::vector<Evaluation> evaluations;  // of the test images after each epoch that this process ended
};

// Trains to the end. SIGINT and SIGTERM save a checkpoint and throw Error(check_failed) that says how to go
// on; a second signal ends the process at once.
RunResult run_training(Trainer &trainer, const RunOptions &options);

}  // namespace fsd::command_line
