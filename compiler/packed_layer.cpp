// From the model's axes to panels.
#include "compiler/packed_layer.h"

#include "runtime/layers/folding.h"

#include <algorithm>

namespace fsd::compiler {
namespace {

PanelReach reach_of(const Layer &layer, LinearPart::Weights kind, int inputs, int outputs) {
    const int groups = kind == LinearPart::Weights::of_groups ? layer.attribute("groups") : 1;
    return {inputs, outputs, inputs / groups, outputs / groups};
}

// The filters of a site, from [window_y, window_x, input, output] on.
void pack_filters(const PackedLayer &layer, const float *numbers, float *packed) {
    const PanelReach &reach = layer.reach;
    for (int place = 0; place < layer.window_y * layer.window_x; place++) {
        for (int input = 0; input < reach.group_inputs; input++) {
            for (int output = 0; output < layer.outputs(); output++) {
                const int term = place * reach.count() + reach.term(output, input);
                const std::size_t row =
                    static_cast<std::size_t>(output / lanes_per_panel) * layer.terms() + term;
                packed[row * lanes_per_panel + output % lanes_per_panel] = *numbers++;
            }
        }
    }
}

}  // namespace

int attribute_or(const Layer &layer, const std::string &key, int standard) {
    return layer_kind(layer.op).attribute(key) ? layer.attribute(key) : standard;
}

PackedLayer packed_layer(const LayerPart &part, const StageMap &input, const Shape &output) {
    const Layer &layer = part.model.layers[part.index];
    const LinearPart &linear = *stage_kind(part.model, part.index).linear;
    // The form of the chain, whose bits the compiled network shall have.
    const bool up_to_constant = !part.wants_evidence && is_up_to_constant(part.model, part.index, part.count);
    const KernelArguments arguments = folded_arguments(part.model, part.index, part.count,
                                                       {part.reads_success_probability, up_to_constant});
    PackedLayer packed;
    packed.window_y = attribute_or(layer, "window_y", input.height);
    packed.window_x = attribute_or(layer, "window_x", input.width);
    packed.inputs = input.channels();
    packed.groups = output[2];
    packed.states = output[3];
    packed.kind = linear.kind;
    packed.sites = linear.kind == LinearPart::Weights::of_sites ? output[0] * output[1] : 1;
    packed.reach = reach_of(layer, linear.kind, packed.inputs, packed.outputs());
    if (!linear.factor.empty()) {
        packed.factor = static_cast<float>(arguments.scalars.at(linear.factor));
    }

    const std::size_t lanes = static_cast<std::size_t>(packed.panels()) * lanes_per_panel;
    packed.filters.resize(packed.sites * lanes * packed.terms());
    packed.offsets.resize(packed.sites * lanes);
    const Tensor &weights = arguments.tensors.at(linear.weights);
    const auto *offsets = static_cast<const float *>(arguments.tensors.at(linear.offsets).data());
    const std::size_t per_site = weights.number_of_elements() / packed.sites;
    for (std::size_t site = 0; site < static_cast<std::size_t>(packed.sites); site++) {
        pack_filters(packed, static_cast<const float *>(weights.data()) + site * per_site,
                     packed.filters.data() + site * lanes * packed.terms());
        std::copy_n(offsets + site * packed.outputs(), packed.outputs(),
                    packed.offsets.data() + site * lanes);
    }
    return packed;
}

}  // namespace fsd::compiler
