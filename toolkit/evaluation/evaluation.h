// How good log-posteriors are: accuracy, negative log-likelihood, expected calibration error, confusion
// matrix.
#pragma once

#include "runtime/network.h"
#include "toolkit/datasets/dataset.h"

#include <cstdint>
#include <vector>

namespace fsd {

struct Evaluation {
    int images = 0;
    double accuracy = 0;  // share of images whose most probable class is the label; the first one of equals
    double nll = 0;       // mean of -log posterior[label], nats
    // Expected calibration error: images in 15 equal bins by the probability of the most probable class; the
    // mean over images of |share of correct ones - mean probability| in the image's bin (Guo et al., arXiv
    // 1706.04599).
    double ece = 0;
    std::vector<std::vector<int>> confusion;  // [label][most probable class]: images
};

// log_posterior: float32 [sample, class], dense, nats. Throws Error(bad_input) where labels do not fit.
Evaluation evaluate(const Tensor &log_posterior, const std::vector<int> &labels);

// Throws Error(bad_input) where the data set's classes or extents are not the network's, or it has targets.
Evaluation evaluate(Network &network, const Dataset &dataset);

// What the network gives for all samples, which are as Network::run takes them: log-posteriors, [sample,
// class], or numbers. Says how far it is (toolkit/system/progress.h).
Tensor log_posteriors(Network &network, const Tensor &inputs);

}  // namespace fsd
