// Shapes of a KLD layer in training and the tensors that its raw parameters stand for.
#pragma once

#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

struct KldShapes {
    Shape filters;    // of the model file: [window_y, window_x, group, state, output]
    Shape prior;      // [group, state]
    Shape theta;      // [position, input_state, output]
    int outputs = 0;  // groups * states

    // By the names of the kernels' axes; `whole_map`: the kernel counts the window's sites among its inputs.
    Extents extents(bool whole_map) const;
};

KldShapes kld_shapes(const LayerSite &site);

std::vector<RawParameter> kld_parameters(const LayerSite &site);

// Rounded from float64.
std::map<std::string, Tensor> kld_tensors(const LayerSite &site, const LayerNumbers &numbers);

// Parameters that stand for these tensors: log-probabilities are logits of themselves.
std::map<std::string, Tensor> kld_from_tensors(const std::map<std::string, Tensor> &tensors);

}  // namespace fsd::training
