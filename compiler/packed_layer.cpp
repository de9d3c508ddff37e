// From the model's axes to panels.
#include "compiler/packed_layer.h"

#include "runtime/layers/folding.h"
#include "runtime/layers/kld_parameters.h"

#include <algorithm>

namespace fsd::compiler {

PackedLayer packed_layer(const Model &model, std::size_t index, bool log_odds) {
    // The form of the chain, whose bits the compiled network shall have.
    const KldParameters parameters =
        kld_parameters(model, index, {log_odds, is_up_to_constant(model, index, 1)});
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
