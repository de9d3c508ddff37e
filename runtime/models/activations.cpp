// Follows the shapes and the kinds of the activations through the layers of a model.
#include "runtime/models/activations.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/model_limits.h"

#include <cmath>

namespace fsd {
namespace {

[[noreturn]] void refuse(const std::string &subject, const std::string &sentence) {
    throw Error(ExitCode::bad_input, subject + ": " + sentence);
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

void check_missing(const LayerPlace &place, const LayerKind &kind) {
    const auto missing = [&](const std::string &key) {
        place.refuse(text("the attribute ", quoted(key), " is missing."));
    };
    for (const AttributeRule &rule : kind.attributes) {
        if (!rule.standard && place.layer.attributes.count(rule.name) == 0) {
            missing(rule.name);
        }
    }
    for (const NumberRule &rule : kind.numbers) {
        if (!rule.standard && place.layer.numbers.count(rule.name) == 0) {
            missing(rule.name);
        }
    }
}

void check_known(const LayerPlace &place, const LayerKind &kind) {
    for (const auto &[key, value] : place.layer.attributes) {
        if (!kind.has_attribute(key)) {
            place.refuse(text("unknown attribute ", quoted(key), " of ", kind.name, "."));
        }
    }
    for (const auto &[key, value] : place.layer.numbers) {
        const NumberRule *rule = kind.number(key);
        if (!rule) {
            place.refuse(text(kind.has_attribute(key) ? "a whole number is wanted as attribute "
                                                      : "unknown attribute ",
                              quoted(key), " of ", kind.name, "."));
        }
        if (!(value >= rule->least && value <= rule->most)) {
            place.refuse(
                text(key, " is ", value, ", but must be between ", rule->least, " and ", rule->most, "."));
        }
    }
}

const LayerKind &kind_of(const Layer &layer, const std::string &described) {
    try {
        return layer_kind(layer.op);
    } catch (const Error &error) {
        refuse(described, error.what());
    }
}

std::string kinds_taken(const LayerKind &kind) {
    std::string out;
    for (const auto &[taken, given] : kind.takes_gives) {
        out += (out.empty() ? "" : " or ") + to_string(taken);
    }
    return out;
}

ActivationType apply(const Layer &layer, const std::string &described, const ActivationType &input) {
    const LayerKind &kind = kind_of(layer, described);
    const LayerPlace place{layer, described, input};
    check_known(place, kind);
    check_missing(place, kind);
    const std::optional<ActivationKind> given = kind.gives(input.kind);
    if (!given) {
        place.refuse(text("takes ", kinds_taken(kind), ", but the layer before it gives ",
                          to_string(input.kind), "."));
    }
    if (input.may_vanish && !kind.refuses_vanishing.empty()) {
        place.refuse(kind.refuses_vanishing);
    }
    ActivationType output{kind.derive ? kind.derive(place) : input.shape, *given};
    if (*given == ActivationKind::probability) {
        const bool begins = kind.vanishing == LayerKind::Vanishing::begins,
                   stays = kind.vanishing == LayerKind::Vanishing::stays;
        output.may_vanish = begins || (stays && input.may_vanish);
        output.may_exclude = (begins && !kind.vanishes_by_rounding) || (stays && input.may_exclude);
    }
    check_size(described, output.shape);
    return output;
}

void check_scaling(const std::vector<double> &list, const std::string &key, int colors) {
    if (list.size() > 1 && list.size() != static_cast<std::size_t>(colors)) {
        refuse("input", text(key, " has ", list.size(), " numbers; expected one, or one for each of the ",
                             colors, " colors."));
    }
    for (const double number : list) {
        if (!(std::fabs(number) <= 1e30)) {
            refuse("input", text(key, " holds ", number, "; expected finite numbers up to 1e30."));
        }
    }
}

ActivationType image_of(const Input &input) {
    const auto &[height, width, colors] = input.extents();
    const bool bernoulli = input.kind == InputKind::bernoulli;
    const bool fits = bernoulli ? colors == 1 || colors == 3 : colors >= 1 && colors <= most_extent;
    if (height < 1 || height > most_extent || width < 1 || width > most_extent || !fits) {
        refuse("input", text("height ", height, ", width ", width, ", colors ", colors,
                             "; expected extents between 1 and ", most_extent,
                             bernoulli ? " and 1 or 3 colors." : "."));
    }
    check_scaling(input.scale, "scale", colors);
    check_scaling(input.offset, "offset", colors);
    if (bernoulli) {
        return {{height, width, colors, 2}, ActivationKind::probability};
    }
    return {{height, width, 1, colors}, ActivationKind::real};
}

}  // namespace

ActivationType input_activation(const Input &input) {
    ActivationType image = image_of(input);
    check_size("input", image.shape);
    return image;
}

std::vector<ActivationType> activations(const Model &model) {
    std::vector<ActivationType> all = {input_activation(model.input)};
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        const Layer &layer = model.layers[index];
        all.push_back(apply(layer, describe_layer(layer, index), all.back()));
    }
    return all;
}

ActivationKind kind_behind(const Model &model, std::size_t index) {
    return activations(model)[index + 1].kind;
}

void check_end(const Model &model, const ActivationType &end) {
    if (end.kind == ActivationKind::real && model.classes.empty()) {
        if (end.shape[0] != 1 || end.shape[1] != 1 || end.shape[2] != 1) {
            refuse("layers",
                   text("a network that gives numbers must end with shape [1, 1, 1, numbers]; its last "
                        "layer gives ",
                        to_string(end.shape), "."));
        }
        return;
    }
    const Shape expected = {1, 1, 1, static_cast<int>(model.classes.size())};
    if (end.kind != ActivationKind::log_probability || end.shape != expected) {
        refuse("layers", text("the last layer must give log-probabilities of shape ", to_string(expected),
                              " [y, x, group, class]; it gives ", to_string(end.kind), " of shape ",
                              to_string(end.shape), "."));
    }
}

std::vector<Shape> activation_shapes(const Model &model) {
    std::vector<Shape> shapes;
    const std::vector<ActivationType> all = activations(model);
    check_end(model, all.back());
    for (const ActivationType &activation : all) {
        shapes.push_back(activation.shape);
    }
    return shapes;
}

}  // namespace fsd
