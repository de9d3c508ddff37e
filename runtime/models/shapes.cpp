// Follows the shapes and the kinds of the activations through the layers of a model.
#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/layer_kinds.h"
#include "runtime/model.h"
#include "runtime/models/model_limits.h"
#include "runtime/signature.h"

#include <algorithm>

namespace fsd {
namespace {

struct Activation {
    Shape shape;  // y, x, group, state
    ActivationKind kind;
    bool may_vanish = false;  // relu can leave 0 in all states of a group
};

[[noreturn]] void refuse(const std::string &layer, const std::string &sentence) {
    throw Error(ExitCode::bad_input, layer + ": " + sentence);
}

int attribute_in(const Layer &layer, const std::string &name, const std::string &key, int least, int most) {
    const int value = layer.attribute(key);
    if (value < least || value > most) {
        refuse(name, text(key, " is ", value, ", but must be between ", least, " and ", most, "."));
    }
    return value;
}

int after_window(const Layer &layer, const std::string &name, const std::string &axis, int extent) {
    const int window = attribute_in(layer, name, "window_" + axis, 1, most_extent);
    const int stride = attribute_in(layer, name, "stride_" + axis, 1, most_extent);
    // A window further out would see nothing of the image.
    const int padding = attribute_in(layer, name, "padding_" + axis, 0, window - 1);
    const int positions = window_positions(extent, window, stride, padding);
    if (positions < 1) {
        refuse(name, text("window_", axis, " ", window, " does not fit into ", extent,
                          " positions with padding_", axis, " ", padding, "."));
    }
    return positions;
}

int after_pool(const Layer &layer, const std::string &name, const std::string &axis, int extent) {
    const int window = attribute_in(layer, name, "pool_window_" + axis, 1, most_extent);
    const int stride = attribute_in(layer, name, "pool_stride_" + axis, 1, most_extent);
    return pool_positions(extent, window, stride);
}

Shape after(const Layer &layer, const LayerKind &kind, const std::string &name, const Shape &shape) {
    if (kind.is_pooling()) {
        return {after_pool(layer, name, "y", shape[0]), after_pool(layer, name, "x", shape[1]), shape[2],
                shape[3]};
    }
    if (!kind.has_parameters()) {
        return shape;
    }
    const int groups = attribute_in(layer, name, "groups", 1, most_extent);
    // A group with one state carries no information: its posterior is 1 whatever is observed.
    const int states = attribute_in(layer, name, "states", 2, most_extent);
    if (layer.op == "kld_linear") {
        return {1, 1, groups, states};
    }
    return {after_window(layer, name, "y", shape[0]), after_window(layer, name, "x", shape[1]), groups,
            states};
}

void check_size(const std::string &name, const Shape &shape) {
    double numbers = 1;
    for (const int extent : shape) {
        numbers *= extent;
    }
    if (numbers > most_activation) {
        refuse(name, text("an activation of shape ", to_string(shape), " has more than 2^28 numbers."));
    }
}

void check_attributes(const Layer &layer, const LayerKind &kind, const std::string &name) {
    for (const std::string &key : kind.attributes) {
        if (!layer.attributes.count(key)) {
            refuse(name, text("the attribute ", quoted(key), " is missing."));
        }
    }
    for (const auto &[key, value] : layer.attributes) {
        if (std::find(kind.attributes.begin(), kind.attributes.end(), key) == kind.attributes.end()) {
            refuse(name, text("unknown attribute ", quoted(key), " of ", layer.op, "."));
        }
    }
}

const LayerKind &kind_of(const Layer &layer, const std::string &name) {
    try {
        return layer_kind(layer.op);
    } catch (const Error &error) {
        refuse(name, error.what());
    }
}

Activation apply(const Layer &layer, const std::string &name, const Activation &input) {
    const LayerKind &kind = kind_of(layer, name);
    check_attributes(layer, kind, name);
    if (kind.takes != input.kind) {
        refuse(name, text("takes ", to_string(kind.takes), ", but the layer before it gives ",
                          to_string(input.kind), "."));
    }
    if (layer.op == "renormalized_max_pool" && input.may_vanish) {
        refuse(name, "divides by the sum over the states, which is 0 where relu leaves nothing; use max_pool "
                     "after relu.");
    }
    const bool may_vanish = layer.op == "relu" || (kind.is_pooling() && input.may_vanish);
    Activation output{after(layer, kind, name, input.shape), kind.gives, may_vanish};
    check_size(name, output.shape);
    return output;
}

Activation input_of(const Model &model) {
    const auto &[height, width, colors] = model.input;
    if (height < 1 || height > most_extent || width < 1 || width > most_extent ||
        (colors != 1 && colors != 3)) {
        refuse("input", text("height ", height, ", width ", width, ", colors ", colors,
                             "; expected extents between 1 and ", most_extent, " and 1 or 3 colors."));
    }
    Activation image{{height, width, colors, 2}, ActivationKind::probability};
    check_size("input", image.shape);
    return image;
}

}  // namespace

std::vector<Shape> activation_shapes(const Model &model) {
    Activation activation = input_of(model);
    std::vector<Shape> shapes = {activation.shape};
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        const Layer &layer = model.layers[index];
        activation = apply(layer, describe_layer(layer, index), activation);
        shapes.push_back(activation.shape);
    }
    const Shape expected = {1, 1, 1, static_cast<int>(model.classes.size())};
    if (activation.kind != ActivationKind::log_probability || activation.shape != expected) {
        refuse("layers", text("the last layer must give log-probabilities of shape ", to_string(expected),
                              " [y, x, group, class]; it gives ", to_string(activation.kind), " of shape ",
                              to_string(activation.shape), "."));
    }
    return shapes;
}

}  // namespace fsd
