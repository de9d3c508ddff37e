// Finds kinds and answers for them where they leave the standard.
#include "runtime/layers/layer_kind.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/known_kinds.h"

#include <algorithm>

namespace fsd {
namespace {

template<typename Rule>
const Rule *find_rule(const std::vector<Rule> &rules, const std::string &name) {
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const Rule &rule) { return rule.name == name; });
    return found == rules.end() ? nullptr : &*found;
}

std::map<std::string, LayerKind> &table() {
    static std::map<std::string, LayerKind> all = [] {
        std::map<std::string, LayerKind> kinds;
        for (LayerKind &kind : known_kinds()) {
            std::string name = kind.name;
            kinds.emplace(std::move(name), std::move(kind));
        }
        return kinds;
    }();
    return all;
}

}  // namespace

void LayerPlace::refuse(const std::string &sentence) const {
    throw Error(ExitCode::bad_input, described + ": " + sentence);
}

int LayerPlace::attribute(const std::string &key, int least, int most) const {
    const int value = layer.attribute(key);
    if (value < least || value > most) {
        refuse(text(key, " is ", value, ", but must be between ", least, " and ", most, "."));
    }
    return value;
}

std::optional<ActivationKind> LayerKind::gives(ActivationKind taken) const {
    for (const auto &[from, to] : takes_gives) {
        if (from == taken) {
            return to;
        }
    }
    return std::nullopt;
}

const AttributeRule *LayerKind::attribute(const std::string &key) const {
    return find_rule(attributes, key);
}

const NumberRule *LayerKind::number(const std::string &key) const {
    return find_rule(numbers, key);
}

const std::map<std::string, LayerKind> &layer_kinds() {
    return table();
}

void add_layer_kind(LayerKind kind) {
    std::string name = kind.name;
    if (!table().emplace(name, std::move(kind)).second) {
        throw Error(ExitCode::usage,
                    text("There is a kind of layer ", quoted(name), " already; give yours another name."));
    }
}

const LayerKind *find_layer_kind(const std::string &name) {
    const auto found = layer_kinds().find(name);
    return found == layer_kinds().end() ? nullptr : &found->second;
}

const LayerKind &layer_kind(const std::string &name) {
    if (const LayerKind *kind = find_layer_kind(name)) {
        return *kind;
    }
    std::string known;
    for (const auto &[key, kind] : layer_kinds()) {
        known += (known.empty() ? "" : ", ") + key;
    }
    throw Error(ExitCode::bad_input, text("unknown op ", quoted(name), "; a layer may be ", known, "."));
}

std::string interchangeable() {
    std::map<std::string, std::string> families;
    for (const auto &[name, kind] : layer_kinds()) {
        if (!kind.family.empty()) {
            std::string &members = families[kind.family];
            members += (members.empty() ? "" : ", ") + name;
        }
    }
    std::string out;
    for (const auto &[family, members] : families) {
        out += (out.empty() ? "" : "; ") + members;
    }
    return out;
}

KernelArguments kernel_arguments(const Model &model, std::size_t index, const LayerForm &form) {
    const Layer &layer = model.layers[index];
    const LayerKind &kind = layer_kind(layer.op);
    if (kind.arguments) {
        return kind.arguments(model, index, form);
    }
    KernelArguments arguments;
    for (const TensorRule &rule : kind.tensors) {
        arguments.tensors[rule.role] = copy_of(model.tensor(layer.name + "." + rule.role));
    }
    return arguments;
}

bool reads_success_probability(const Model &model) {
    const Layer &first = model.layers.front();
    const LayerKind &kind = layer_kind(first.op);
    return model.input.kind == InputKind::bernoulli && kind.takes_success_probability &&
           kind.takes_success_probability(first);
}

std::string to_string(ActivationKind kind) {
    switch (kind) {
    case ActivationKind::probability:
        return "probabilities";
    case ActivationKind::log_evidence:
        return "log-evidence";
    case ActivationKind::log_probability:
        return "log-probabilities";
    case ActivationKind::real:
        return "real numbers";
    }
    return "";
}

}  // namespace fsd
