// Fits a model's novelty to images that its training never saw (docs/novelty.md).
#pragma once

#include "runtime/network.h"

namespace fsd {

// As few images as the fit can do with: `layers` normalized layers need 2 (layers + 2).
int fewest_for_novelty(int layers);

// True where the model has classes and a normalized layer. Needs no tensors.
bool can_have_novelty(const Model &description);

// evidence: float32 [image, layer], log_posterior: float32 [image, class], both dense, as the network gives
// them. Every second image, from the first one on, goes into means and covariances, by its most probable
// class; the scores are those of the others, which had no part in them, so that p-values are valid. Means and
// covariances are those of the 95 % that are closest to them, found in three steps (the C-steps of Rousseeuw
// and Van Driessen, "A fast algorithm for the minimum covariance determinant estimator", 1999): the few
// digits that nobody can read would blur them. A class with fewer than layers + 2 images gets mean and
// covariance of all images; a singular covariance gets a millionth of its trace on its diagonal. Throws
// Error(bad_input) where there are fewer images than fewest_for_novelty().
Novelty fit_novelty(const Tensor &evidence, const Tensor &log_posterior);

// The same from the images (or numbers), which `network` runs; labels do not matter. With a mask as
// RunArguments has it, the p-values are about images whose pixels are unobserved by the same rule, and no
// others (docs/novelty.md): such a fit is the caller's and no model's.
Novelty fit_novelty(Network &network, const Tensor &inputs, const Tensor *mask = nullptr);

// Scores and p-values of images, float32 [image] each.
struct Judgement {
    Tensor novelty, p_value;
};

// By any fit of the network's layers, from what the network gives, as for fit_novelty().
Judgement judge(const Novelty &novelty, const Tensor &evidence, const Tensor &log_posterior);

}  // namespace fsd
