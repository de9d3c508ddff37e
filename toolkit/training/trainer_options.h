// What a training run is asked for, and whether it makes sense.
#pragma once

#include "runtime/model.h"
#include "toolkit/training/batches.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fsd {

struct TrainingOptions {
    int epochs = 12;
    int batch = 50;
    double rate = 0.03;  // of the optimizer at the first step; falls to 0.5 % of it
    Augmentation augmentation;
    std::uint64_t seed = 0;
    int holdout = 0;             // training samples, drawn at random, that training never sees
    std::string device = "cpu";  // where kernels run: what chosen_device() takes
    std::string loss;            // empty: the one that suits what the network gives
    std::string optimizer = "adam";
    double momentum = 0.9;    // of sgd
    double weight_decay = 0;  // before each step, weights lose rate * weight_decay of themselves
    int patience = 0;  // epochs without a smaller held-out loss after which training ends; 0: it goes on
    // Into which each batch is split for as many processes, or fewer; on them the numbers depend, and not on
    // the processes. 0: as many as there are processes.
    int parts = 0;
    std::string class_weights;  // what class_weights() takes; empty: all samples count the same
};

// The options with the device and the parts that they choose, for so many processes. Throws Error(usage) for
// options that make no sense, Error(unsupported) where the device is missing.
TrainingOptions checked_options(TrainingOptions options, const Dataset &dataset, int processes = 1);

// The description for these data: with their classes where it gives log-probabilities.
// Throws Error(bad_input) where the two do not fit or it is the description of no model, Error(usage) where
// its pixels cannot be unobserved as the augmentation wants them.
Model fitted_description(Model description, const Dataset &dataset, const Augmentation &augmentation = {});

// The samples that a run keeps from training, and all others; ascending.
std::vector<int> held_out(const Dataset &dataset, const TrainingOptions &options);
std::vector<int> all_but(const std::vector<int> &holdout, const Dataset &dataset);

}  // namespace fsd
