// What `fsdnet train` does: read, train, calibrate, write, report.
#pragma once

#include "training/trainer.h"

#include <string>

namespace fsd::command_line {

struct TrainingJob {
    std::string data, description, output;
    std::string checkpoint;  // empty: <output>.checkpoint, removed at the end
    std::string curves;      // empty: none
    TrainingOptions recipe;  // but for the hold-out
    int holdout = -1;        // -1: one in twelve
    bool refit = false, resume = false, evaluate = false, profile = false, json = false;
};

// Throws Error; the model file is written only if everything went well.
void run_job(const TrainingJob &job);

}  // namespace fsd::command_line
