// Fits the number of observations n of the last layer to held-out data: the knob that makes posteriors as
// sure as they are right.
#pragma once

#include "toolkit/evaluation/evaluation.h"

#include <vector>

namespace fsd {

struct Calibration {
    double trained = 0;     // the model's own n
    double calibrated = 0;  // the n that minimizes the negative log-likelihood of all held-out images
    Evaluation before;      // of the held-out images with the model's own n
    // The same with the n fitted to the other half of the held-out images, so that no image is judged with an
    // n that it helped to choose.
    Evaluation after;

    double factor() const { return calibrated / trained; }
};

// `log_posterior` is the model's own output for held-out images, float32 [sample, class].
// Throws Error(bad_input) where it is not finite or there are fewer than two images.
Calibration calibrate(const Model &model, const Tensor &log_posterior, const std::vector<int> &labels);

// The last layer with numbers is one of evidence, and what is behind it only normalizes. Needs no tensors.
bool can_be_calibrated(const Model &description);

// The model with another n in its last layer, without its novelty.
Model with_last_observations(const Model &model, double observations);

// The number of observations of the model's last layer.
double last_observations(const Model &model);

}  // namespace fsd
