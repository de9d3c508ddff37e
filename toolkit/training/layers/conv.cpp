// conv: weights and biases, with groups as well.
#include "toolkit/training/layers/affine_layer.h"

namespace fsd::training {
namespace {

// Outside of the map a convolution reads zeros and a KLD-convolution observes nothing: the same products are
// missing, so the gradient of the weights is that of log-likelihoods with one observation.
WeightGradient weight_gradient(const LayerSite &site) {
    if (site.layer().attribute("groups") == 1) {
        return {"kld_conv_backward_filters", "probability", "d_log_evidence", "d_log_likelihood", true};
    }
    return {"grouped_conv_backward_weight", "features", "d_preactivation", "d_weight"};
}

}  // namespace

TrainableKind conv() {
    return affine_kind("conv", weight_gradient);
}

}  // namespace fsd::training
