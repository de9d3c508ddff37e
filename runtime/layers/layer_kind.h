// What a layer of a model may be, as data and small functions. Each kind is one file in runtime/layers/ and
// one line in its CMakeLists.txt; the planner, the checker of models, the exporters and the compiler ask the
// kind and know no names (docs/howto/add-a-layer.md).
#pragma once

#include "runtime/layers/activation.h"
#include "runtime/layers/constraint.h"
#include "runtime/model.h"
#include "runtime/signature.h"

#include <functional>
#include <optional>
#include <utility>

namespace fsd {

// An integer of a layer's description, between `least` and `most`; `standard` where it may be left out.
struct AttributeRule {
    std::string name;
    int least = 1;
    int most = 65536;
    std::optional<int> standard = std::nullopt;
};

// The same for a real number.
struct NumberRule {
    std::string name;
    double least, most;
    std::optional<double> standard = std::nullopt;
};

// A layer where it stands.
struct LayerPlace {
    const Layer &layer;
    std::string described;  // "layer 0 (kld_conv 'first')"
    const ActivationType &input;

    [[noreturn]] void refuse(const std::string &sentence) const;  // throws Error(bad_input)
    // The attribute's value. Throws Error(bad_input) unless it is between the bounds.
    int attribute(const std::string &key, int least, int most) const;
};

struct TensorRule {
    std::string role;  // "<layer>.<role>" in files
    std::function<Shape(const Layer &layer, const Shape &input)> shape;
    Constraint constraint;
};

// Stored numbers as a kernel takes them.
struct KernelArguments {
    std::map<std::string, Tensor> tensors;  // dense float32, by the names of the kernel's arguments
    std::map<std::string, double> scalars;
    // Extents of the axes that signatures name for these tensors; empty where the tensors have those axes.
    Extents extents = {};
};

// What is around a layer that decides which form of its numbers serves.
struct LayerForm {
    bool reads_success_probability = false;  // P(1) alone of each variable of the image
    bool up_to_constant = false;             // a constant per group does not matter to whoever reads
};

// x -> slope x + offset, per channel.
struct ChannelAffine {
    std::vector<double> slope, offset;
};

struct LayerKind {
    std::string name;

    // Which kinds of activation it takes, and what each becomes.
    std::vector<std::pair<ActivationKind, ActivationKind>> takes_gives;

    std::vector<AttributeRule> attributes = {};
    std::vector<NumberRule> numbers = {};
    std::vector<TensorRule> tensors = {};

    // The shape that it gives; checks the attributes' ranges. Undefined: the input's.
    std::function<Shape(const LayerPlace &place)> derive = nullptr;

    // The op of the kernel that computes it. Undefined: the kind's name.
    std::function<std::string(const Layer &layer)> op = nullptr;

    // How the stored numbers of layer `index` become the kernel's arguments. Undefined: as they are, each by
    // its role.
    std::function<KernelArguments(const Model &model, std::size_t index, const LayerForm &form)> arguments =
        nullptr;

    // Kinds of one family may stand in for each other without retraining; empty: none.
    std::string family;

    // A constant per group, added to its input, changes nothing.
    bool ignores_constants = false;
    // It gives the exact posteriors of groups of states.
    bool gives_posterior = false;
    // It approximates a normalization for evidence against a uniform background.
    bool wants_likelihood_ratio = false;
    // It computes the evidence of states from distributions: what quantization, certificates and measures of
    // information are about.
    bool gives_evidence_of_distributions = false;
    // Kernels that compute several layers do not serve this one, which reads `input`. Undefined: they do.
    std::function<bool(const Layer &layer, const Shape &input)> stands_alone = nullptr;
    // It takes windows over sites and no numbers of its own.
    bool pools = false;

    // What becomes of ActivationType::may_vanish.
    enum class Vanishing { ends, stays, begins } vanishing = Vanishing::ends;
    // Where it begins: its zeros are numbers that float32 rounds to 0 (ActivationType::may_exclude).
    bool vanishes_by_rounding = false;
    // Why it refuses an input that may vanish; empty: it takes it.
    std::string refuses_vanishing;

    // It can read P(1) alone of each Bernoulli variable. Undefined: never.
    std::function<bool(const Layer &layer)> takes_success_probability = nullptr;

    // It is such a map, which the layer before may absorb. Undefined: it is not.
    std::function<ChannelAffine(const Model &model, std::size_t index)> as_channel_affine = nullptr;
    // Its arguments with such a map applied to what it gives. Undefined: it cannot absorb one.
    std::function<KernelArguments(const KernelArguments &arguments, const ChannelAffine &map)> absorb =
        nullptr;

    // The version of the model format that brought it (docs/formats.md).
    int format_version = 1;

    bool has_tensors() const { return !tensors.empty(); }
    std::string op_of(const Layer &layer) const { return op ? op(layer) : name; }
    // What it makes of a kind of activation. Nothing for a kind that it does not take.
    std::optional<ActivationKind> gives(ActivationKind taken) const;
    const AttributeRule *attribute(const std::string &key) const;
    bool has_attribute(const std::string &key) const { return attribute(key) != nullptr; }
    const NumberRule *number(const std::string &key) const;
};

// nullptr where no kind has the name.
const LayerKind *find_layer_kind(const std::string &name);

// The same, but throws Error(bad_input) that lists the known kinds.
const LayerKind &layer_kind(const std::string &name);

// Adds a kind that is not fsdnet's own; before networks are made, by one thread. Throws Error(usage) where
// the name is taken.
void add_layer_kind(LayerKind kind);

// All of them, by name.
const std::map<std::string, LayerKind> &layer_kinds();

// The families as one text: "normalize, relu, ...; marginal_pool, ...".
std::string interchangeable();

// The arguments of layer `index` as its kind says.
KernelArguments kernel_arguments(const Model &model, std::size_t index, const LayerForm &form);

// The image's variables are read as P(1) alone: the input is Bernoulli and the first layer takes that.
bool reads_success_probability(const Model &model);

}  // namespace fsd
