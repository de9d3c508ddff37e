// Copies layers and their tensors.
#include "toolkit/analysis/moments/tail.h"

#include "runtime/error.h"
#include "runtime/models/activations.h"

namespace fsd::analysis {

std::optional<Model> tail_of(const Model &model, std::size_t first) {
    if (first >= model.layers.size()) {
        throw Error(ExitCode::bad_input, text("The network has ", model.layers.size(),
                                              " layers; nothing is behind layer ", first, "."));
    }
    const ActivationType read = activations(model)[first];
    if (read.kind != ActivationKind::real) {
        return std::nullopt;
    }
    Model tail = model;
    tail.novelty.reset();  // that of the whole network
    tail.input = {read.shape[0], read.shape[1], read.channels(), InputKind::real, {1}, {0}};
    if (read.shape[0] == 1 && read.shape[1] == 1) {
        tail.input.kind = InputKind::vector;
    }
    tail.layers.erase(tail.layers.begin(), tail.layers.begin() + static_cast<std::ptrdiff_t>(first));
    tail.tensors.clear();
    for (const Layer &layer : tail.layers) {
        for (const auto &[name, tensor] : model.tensors) {
            if (!layer.name.empty() && name.compare(0, layer.name.size() + 1, layer.name + ".") == 0) {
                tail.tensors.emplace(name, tensor);
            }
        }
    }
    return tail;
}

}  // namespace fsd::analysis
