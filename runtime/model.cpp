// Looks things up in a model, counts its numbers, swaps its ops.
#include "runtime/model.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/layer_kind.h"

namespace fsd {

namespace {

[[noreturn]] void refuse_missing(const Layer &layer, const std::string &key) {
    throw Error(ExitCode::bad_input,
                text("layer ", printable(layer.op), layer.name.empty() ? "" : " " + quoted(layer.name),
                     ": the attribute ", quoted(key), " is missing."));
}

// The element for `color` of a list that holds one per color, one for all, or none.
double element_of(const std::vector<double> &list, int color, double standard) {
    return list.empty() ? standard : list[list.size() == 1 ? 0 : static_cast<std::size_t>(color)];
}

}  // namespace

int Layer::attribute(const std::string &key) const {
    const auto found = attributes.find(key);
    if (found != attributes.end()) {
        return found->second;
    }
    const LayerKind *kind = find_layer_kind(op);
    const AttributeRule *rule = kind ? kind->attribute(key) : nullptr;
    if (!rule || !rule->standard) {
        refuse_missing(*this, key);
    }
    return *rule->standard;
}

double Layer::number(const std::string &key) const {
    const auto found = numbers.find(key);
    if (found != numbers.end()) {
        return found->second;
    }
    const LayerKind *kind = find_layer_kind(op);
    const NumberRule *rule = kind ? kind->number(key) : nullptr;
    if (!rule || !rule->standard) {
        refuse_missing(*this, key);
    }
    return *rule->standard;
}

std::string to_string(InputKind kind) {
    switch (kind) {
    case InputKind::bernoulli:
        return "bernoulli";
    case InputKind::real:
        return "real";
    case InputKind::vector:
        return "vector";
    }
    return "";
}

double Input::scale_of(int color) const {
    return element_of(scale, color, kind == InputKind::real ? 1. / 255 : 1);
}

double Input::offset_of(int color) const {
    return element_of(offset, color, 0);
}

int result_size(const Model &model) {
    return model.classes.empty() ? activation_shapes(model).back().back()
                                 : static_cast<int>(model.classes.size());
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
    result.novelty.reset();
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
