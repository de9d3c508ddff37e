// From the model's axes to panels.
#include "compiler/packed_layer.h"

#include "runtime/layers/parameters.h"

#include <algorithm>

namespace fsd::compiler {
namespace {

// True where the chain has one kernel for the layer and its normalization: it centers the parameters there,
// and the compiled network shall have its bits.
bool is_fused(const Model &model, std::size_t index) {
    const std::string &op = model.layers[index].op, &next = model.layers[index + 1].op;
    return next == "log_normalize" || (next == "normalize" && op == "kld_conv");
}

}  // namespace

PackedLayer packed_layer(const Model &model, std::size_t index, bool log_odds) {
    const Parameters parameters = evidence_parameters(model, index, {log_odds, is_fused(model, index)});
    const Shape window = shape_of(parameters.log_likelihood), prior = shape_of(parameters.log_prior);
    PackedLayer packed;
    packed.window_y = window[0];
    packed.window_x = window[1];
    packed.inputs = window[2] * window[3];
    packed.groups = prior[0];
    packed.states = prior[1];
    packed.observations = static_cast<float>(parameters.observations);

    const std::size_t channels = static_cast<std::size_t>(packed.panels()) * lanes_per_panel;
    packed.filters.resize(channels * packed.terms());
    packed.log_prior.resize(channels);
    const auto *numbers = static_cast<const float *>(parameters.log_likelihood.data());
    for (int term = 0; term < packed.terms(); term++) {
        for (int output = 0; output < packed.outputs(); output++) {
            packed.filters[packed.place(term, output)] = *numbers++;
        }
    }
    std::copy_n(static_cast<const float *>(parameters.log_prior.data()), packed.outputs(),
                packed.log_prior.begin());
    return packed;
}

}  // namespace fsd::compiler
