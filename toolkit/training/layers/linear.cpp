// linear: weights and biases.
#include "toolkit/training/layers/affine_layer.h"

namespace fsd::training {

// The gradient of the weights is that of log-likelihoods with one observation: a sum of the same products.
TrainableKind linear() {
    return affine_kind("linear", [](const LayerSite &) {
        return WeightGradient{"kld_linear_backward_filters", "probability", "d_log_evidence",
                              "d_log_likelihood", true};
    });
}

}  // namespace fsd::training
