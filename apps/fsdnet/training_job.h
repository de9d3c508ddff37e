// What `fsdnet train` does: read, train, calibrate, write, report.
#pragma once

#include "runtime/network.h"
#include "toolkit/training/trainer.h"

#include <string>

namespace fsd::command_line {

struct TrainingJob {
    std::string data, description, output;
    std::string checkpoint;  // empty: <output>.checkpoint, removed at the end
    std::string curves;      // empty: none
    TrainingOptions recipe;  // but for the hold-out; its device is one that chosen_device() gave

    // For the networks that are evaluated on the way.
    NetworkOptions network_options() const {
        NetworkOptions options;
        options.device = recipe.device;
        return options;
    }
    int holdout = -1;  // -1: one in twelve
    bool refit = false, resume = false, evaluate = false, profile = false, json = false;
};

// Throws Error; the model file is written only if everything went well.
void run_job(const TrainingJob &job);

}  // namespace fsd::command_line
