// Networks that experiments train, by this project's own training.
#pragma once

#include "toolkit/training/trainer.h"

#include <string>
#include <vector>

namespace fsd::experiments {

// Numbers in, layers of so many units with `activation` between them (a kind, e.g. "relu"), numbers out;
// log_softmax at the end where `classes`.
Model dense_network(int inputs, const std::vector<int> &hidden, int outputs, const std::string &activation,
                    bool classes);

// Runs the recipe of docs/training.md to its end.
Model trained(const Model &description, const Dataset &data, const TrainingOptions &options);

// Share of samples whose largest number is that of the label; of networks with classes.
double accuracy_of(const Model &model, const Tensor &inputs, const std::vector<int> &labels);

// The samples [sample, number] as inputs [sample, 1, 1, number]; shares the memory.
Tensor as_vectors(const Tensor &samples);

}  // namespace fsd::experiments
