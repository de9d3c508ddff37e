// A pruning from files to a file: read, remove states, train what is left, calibrate, write.
#pragma once

#include "toolkit/evaluation/calibration.h"
#include "toolkit/jobs/training_run.h"
#include "toolkit/pruning/pruning.h"
#include "toolkit/system/file_roles.h"

#include <optional>
#include <string>
#include <vector>

namespace fsd {

// Of a trained network: a tenth of the rate that training begins with.
inline TrainingOptions fine_tuning_recipe() {
    TrainingOptions recipe;
    recipe.epochs = 0;
    recipe.rate = 0.003;
    return recipe;
}

struct PruningJob {
    std::string model, data, output;
    std::string labels;               // the .npy file that belongs to the .npy file `data`; else empty
    std::vector<std::string> layers;  // names or indices; empty: the only layer that can lose states
    std::vector<int> keep;  // states of each group that stay: one number for all layers, or one each
    TrainingOptions recipe = fine_tuning_recipe();  // but for the hold-out; 0 epochs: no fine-tuning
    int holdout = -1;                               // training samples; -1: one in twelve
    bool evaluate = false;                          // on the test samples, before and after
};

// What the network was and is on some samples.
struct PruningCost {
    Evaluation original, pruned;
    std::optional<Evaluation> tuned;

    const Evaluation &last() const { return tuned ? *tuned : pruned; }
};

struct PruningOutcome {
    Model original;
    std::vector<PrunedLayer> layers;
    Model model;            // as written
    int measured = 0;       // samples that usefulness and cost are of
    bool held_out = false;  // fine-tuning never saw them
    PruningCost cost;
    std::optional<PruningCost> test;  // of the test samples, where they were asked for
};

// The files that the job reads and writes, named as the command line names them.
std::vector<FileRole> inputs_of(const PruningJob &job);
std::vector<FileRole> outputs_of(const PruningJob &job);

// Held-out training samples (or all, where there are too few) say which states stay; the others fine-tune.
// Throws Error; the file is written only if everything went well.
PruningOutcome run_job(const PruningJob &job, const TrainingEvents &events);

}  // namespace fsd
