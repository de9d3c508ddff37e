// Layers are chosen by the extents of the data; nothing is tried out.
#include "toolkit/starters/starter_network.h"

#include "runtime/error.h"
#include "runtime/models/model_json.h"
#include "toolkit/system/closest_name.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

struct StarterSize {
    std::vector<int> states;    // of the convolutions
    std::vector<int> channels;  // of the linear layers for numbers
};

const StarterSize &size_named(const std::string &name) {
    static const std::vector<StarterSize> sizes = {
        {{8, 16}, {32}}, {{16, 32}, {100}}, {{32, 64}, {100, 100}}};
    need_starter_size(name);
    const auto &names = starter_sizes();
    return sizes[static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin())];
}

constexpr int shortest_side_to_pool = 4, side_of_two_stages = 32;

Layer convolution(int number, int window, int states) {
    return {"kld_conv",
            text("features_", number),
            {{"window_y", window},
             {"window_x", window},
             {"stride_y", 1},
             {"stride_x", 1},
             {"padding_y", window / 2},
             {"padding_x", window / 2},
             {"groups", 1},
             {"states", states}}};
}

Layer pool(const std::string &op, int window) {
    return {
        op,
        "",
        {{"pool_window_y", window}, {"pool_window_x", window}, {"pool_stride_y", 2}, {"pool_stride_x", 2}}};
}

std::vector<Layer> image_layers(const Input &input, int answers, std::vector<int> states) {
    int side = std::min(input.height, input.width);
    for (int reach = side_of_two_stages; side > reach; reach *= 2) {
        states.push_back(states.back());
    }
    std::vector<Layer> layers;
    int number = 0;
    for (const int count : states) {
        const int window = side >= 5 ? 5 : side >= 3 ? 3 : 1;
        layers.push_back(convolution(++number, window, count));
        layers.push_back({"normalize", "", {}});
        if (side >= shortest_side_to_pool) {
            layers.push_back(input.colors == 1 ? pool("marginal_pool", 2) : pool("renormalized_max_pool", 3));
            side = input.colors == 1 ? side / 2 : (side - 3) / 2 + 1;
        }
    }
    layers.push_back({"kld_linear", "classes", {{"groups", 1}, {"states", answers}}});
    layers.push_back({"log_normalize", "", {}});
    return layers;
}

std::vector<Layer> number_layers(int answers, bool classes, const std::vector<int> &channels) {
    std::vector<Layer> layers;
    int number = 0;
    for (const int count : channels) {
        layers.push_back({"linear", text("hidden_", ++number), {{"channels", count}}});
        layers.push_back({"relu", "", {}});
    }
    layers.push_back({"linear", classes ? "classes" : "targets", {{"channels", answers}}});
    if (classes) {
        layers.push_back({"log_softmax", "", {}});
    }
    return layers;
}

// Scale and offset of each number such that the data have mean 0 and variance 1; numbers that never change
// become 0.
void standardize(const Tensor &features, Input &input) {
    const auto *numbers = static_cast<const float *>(features.data());
    const int samples = shape_of(features).front(), size = input.colors;
    for (int i = 0; i < size; i++) {
        double sum = 0, squares = 0;
        for (int sample = 0; sample < samples; sample++) {
            sum += numbers[static_cast<std::size_t>(sample) * size + i];
        }
        const double mean = sum / samples;
        for (int sample = 0; sample < samples; sample++) {
            const double difference = numbers[static_cast<std::size_t>(sample) * size + i] - mean;
            squares += difference * difference;
        }
        const double deviation = std::sqrt(squares / samples);
        const double scale = deviation > 1e-6 * std::fabs(mean) && deviation > 0 ? 1 / deviation : 1;
        input.scale.push_back(scale);
        input.offset.push_back(-mean * scale);
    }
}

}  // namespace

const std::vector<std::string> &starter_sizes() {
    static const std::vector<std::string> names = {"small", "medium", "large"};
    return names;
}

void need_starter_size(const std::string &name) {
    const auto &names = starter_sizes();
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        const std::string meant = closest_name(name, names);
        throw Error(ExitCode::usage, text("A starter network is small, medium or large; found '", name, "'",
                                          meant.empty() ? "." : "; did you mean '" + meant + "'?"));
    }
}

Model starter_network(const Dataset &dataset, const std::string &size) {
    const StarterSize &chosen = size_named(size);
    const Shape shape = shape_of(dataset.inputs());
    const int answers =
        dataset.is_regression() ? shape_of(dataset.targets)[1] : static_cast<int>(dataset.classes.size());
    Model model;
    model.input.height = shape[1];
    model.input.width = shape[2];
    model.input.colors = shape[3];
    if (!dataset.is_numeric() && !dataset.is_regression()) {
        model.layers = image_layers(model.input, answers, chosen.states);
        return model;
    }
    if (!dataset.is_numeric() || shape[1] != 1 || shape[2] != 1) {
        throw Error(
            ExitCode::unsupported,
            text("No starter network fits ", dataset.source,
                 ": there are such networks for images with classes and for vectors of numbers. Write a "
                 "description (docs/formats.md) and give it with --description."));
    }
    model.input.kind = InputKind::vector;
    standardize(dataset.features, model.input);
    model.layers = number_layers(answers, !dataset.is_regression(), chosen.channels);
    return model;
}

std::string description_text(const Model &description) {
    using Json = nlohmann::ordered_json;
    const Json network = Json::parse(description_to_metadata(description).at("network"));
    std::string out = "{\n  \"input\": " + network.at("input").dump() + ",\n  \"layers\": [\n";
    const Json &layers = network.at("layers");
    for (std::size_t i = 0; i < layers.size(); i++) {
        out += "    " + layers[i].dump() + (i + 1 < layers.size() ? ",\n" : "\n");
    }
    return out + "  ]\n}\n";
}

std::string summary_of(const Model &description) {
    const Input &input = description.input;
    const std::string what = input.kind == InputKind::vector
                                 ? text(input.colors, input.colors == 1 ? " number" : " numbers")
                                 : text(input.height, " x ", input.width,
                                        input.colors == 1 ? " gray pixels" : " pixels in colors");
    std::string layers;
    for (const Layer &layer : description.layers) {
        for (const char *key : {"states", "channels"}) {
            const auto found = layer.attributes.find(key);
            if (found != layer.attributes.end()) {
                layers += text(layers.empty() ? "" : ", ", layer.op, " ", found->second);
            }
        }
    }
    return text(what, ": ", layers);
}

}  // namespace fsd
