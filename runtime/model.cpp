// Looks things up in a model, counts its numbers, swaps its ops.
#include "runtime/model.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/layer_kinds.h"

namespace fsd {

int Layer::attribute(const std::string &key) const {
    const auto found = attributes.find(key);
    if (found == attributes.end()) {
        throw Error(ExitCode::bad_input, text("layer ", op, name.empty() ? "" : " " + quoted(name),
                                              ": the attribute ", quoted(key), " is missing."));
    }
    return found->second;
}

std::string describe_layer(const Layer &layer, std::size_t index) {
    return text("layer ", index, " (", printable(layer.op),
                layer.name.empty() ? "" : " " + quoted(layer.name), ")");
}

const Tensor &Model::tensor(const std::string &name) const {
    const auto found = tensors.find(name);
    if (found == tensors.end()) {
        throw Error(ExitCode::bad_input, text("tensor ", quoted(name), ": is missing."));
    }
    return found->second;
}

std::size_t Model::parameter_count() const {
    std::size_t count = 0;
    for (const auto &[name, tensor] : tensors) {
        count += tensor.number_of_elements();
    }
    return count;
}

Model replaced(const Model &model, const std::string &op, const std::string &replacement) {
    const LayerKind *from = find_layer_kind(op), *to = find_layer_kind(replacement);
    if (!from || !to || from->family.empty() || from->family != to->family) {
        throw Error(ExitCode::usage, text(printable(op), " cannot be replaced by ", printable(replacement),
                                          "; interchangeable are ", interchangeable(), "."));
    }
    Model result = model;
    bool found = false;
    for (Layer &layer : result.layers) {
        if (layer.op == op) {
            layer.op = replacement;
            found = true;
        }
    }
    if (!found) {
        throw Error(ExitCode::usage,
                    text("The network has no layer ", op, " that ", replacement, " could replace."));
    }
    return result;
}

}  // namespace fsd
