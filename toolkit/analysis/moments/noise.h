// What noise on the input does to a network's decisions, predicted from moments without sampling, and sampled
// beside it.
#pragma once

#include "runtime/model.h"
#include "toolkit/datasets/dataset.h"

#include <cstdint>
#include <vector>

namespace fsd::analysis {

struct NoiseOptions {
    int images = 500;      // the first of the data set, each with a Gaussian of its own
    int samples = 100000;  // noisy inputs altogether that are run; 0: none
    std::uint64_t seed = 1;
    int nodes = 16;
};

struct NoiseLevel {
    double deviation =
        0;  // of each number that the first layer reads; P(0) of a Bernoulli variable moves against P(1)
    double accuracy = 0, loss = 0;  // predicted: 0 .. 1; mean cross entropy, nats
    // From the samples, with the standard errors of these means.
    double sampled_accuracy = 0, sampled_loss = 0, accuracy_error = 0, loss_error = 0;
    int images = 0, samples = 0;
};

// Each input x becomes N(x, deviation^2 I), which is propagated to the logits in front of the last layer;
// accuracy is the probability that the label's logit is the largest one (Clark), loss is E[LSE(z) - z_label]
// by quadrature. Throws Error(bad_input) for a network or data without classes or a last layer that is no
// softmax, Error(unsupported) as Propagation does.
std::vector<NoiseLevel> noise_levels(const Model &model, const Dataset &data,
                                     const std::vector<double> &deviations, const NoiseOptions &options = {});

}  // namespace fsd::analysis
