// Asks the kinds what they can absorb.
#include "runtime/layers/folding.h"

namespace fsd {

std::size_t folded_count(const Model &model, std::size_t index) {
    std::size_t count = 1;
    if (layer_kind(model.layers[index].op).absorb) {
        while (index + count < model.layers.size() &&
               layer_kind(model.layers[index + count].op).as_channel_affine) {
            count++;
        }
    }
    return count;
}

KernelArguments folded_arguments(const Model &model, std::size_t index, std::size_t count,
                                 const LayerForm &form) {
    const LayerKind &kind = layer_kind(model.layers[index].op);
    KernelArguments arguments = kernel_arguments(model, index, form);
    for (std::size_t next = index + 1; next < index + count; next++) {
        const LayerKind &absorbed = layer_kind(model.layers[next].op);
        arguments = kind.absorb(arguments, absorbed.as_channel_affine(model, next));
    }
    return arguments;
}

bool is_up_to_constant(const Model &model, std::size_t index, std::size_t count) {
    return index + count < model.layers.size() &&
           layer_kind(model.layers[index + count].op).ignores_constants;
}

}  // namespace fsd
