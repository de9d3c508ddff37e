// softmax: quadrature over the log-odds of each group.
#include "toolkit/analysis/moments/layers/moment_layer.h"
#include "toolkit/analysis/moments/normalization.h"

namespace fsd::analysis::moment_layers {

MomentLayer softmax() {
    return {"softmax", nullptr,
            [](const MomentPlace &place, const Moments &moments, const MomentRequest &) {
                return posterior_moments(moments, place.output[3]);
            },
            "covariances between groups are taken to first order, and log-odds as Gaussian"};
}

}  // namespace fsd::analysis::moment_layers
