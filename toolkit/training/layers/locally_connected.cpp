// locally_connected: weights and biases of each place.
#include "toolkit/training/layers/affine_layer.h"

namespace fsd::training {

TrainableKind locally_connected() {
    return affine_kind("locally_connected", [](const LayerSite &) {
        return WeightGradient{"locally_connected_backward_weight", "features", "d_preactivation", "d_weight"};
    });
}

}  // namespace fsd::training
