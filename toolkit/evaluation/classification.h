// What a network makes of each image: its classes by their probability.
#pragma once

#include "runtime/tensor.h"

#include <optional>
#include <vector>

namespace fsd {

struct Ranked {
    int label;  // index into the model's classes
    double probability;
};

struct ImageResult {
    std::vector<Ranked> ranking;                                           // all classes, most probable first
    double entropy = 0;                                                    // of the posterior, bits
    std::optional<double> novelty = std::nullopt, p_value = std::nullopt;  // where the model has a fit
};

struct Classification {
    std::vector<ImageResult> images;
    int labeled = 0;  // images whose true class is known
    int correct = 0;  // of those

    std::optional<double> accuracy() const;  // none where no label is known
};

// Adds what a run gave: float32 [sample] each.
void add_novelty(Classification &result, const Tensor &novelty, const Tensor &p_value);

// log_posterior: float32 [sample, class], dense, nats. labels: one per sample, -1 where it is unknown.
Classification classify(const Tensor &log_posterior, const std::vector<int> &labels);

}  // namespace fsd
