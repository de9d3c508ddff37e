// The kinds that are affine maps with weights and biases, during training.
#pragma once

#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

// The kernel of the weights' gradient and what it calls its tensors; all else are scalars.
struct WeightGradient {
    std::string op, features, d_preactivation, d_weight;
    bool has_observations = false;  // a factor, which is 1 here
};

TrainableKind affine_kind(const std::string &name,
                          const std::function<WeightGradient(const LayerSite &)> &weight_gradient);

}  // namespace fsd::training
