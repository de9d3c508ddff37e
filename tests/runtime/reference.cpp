// The float64 formulas of the layers and their rounding errors to first order in epsilon.
#include "tests/runtime/reference.h"

#include "tests/runtime/ordinary_reference.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

namespace fsd::testing {
namespace {

constexpr double epsilon = std::numeric_limits<float>::epsilon();
constexpr double smallest = std::numeric_limits<float>::min();  // smaller probabilities may become 0
constexpr double least_log_likelihood = -87;                    // smaller ones count as this one

double number(const Model &model, const std::string &name, std::size_t index) {
    return static_cast<const float *>(model.tensor(name).data())[index];
}

// What a KLD layer needs besides its input. `linear` windows cover the map.
struct Window {
    int height, width, stride_y, stride_x, padding_y, padding_x;
};

Window window_of(const Layer &layer, const ReferenceMap &input) {
    if (layer.op == "kld_linear") {
        return {input.shape[0], input.shape[1], 1, 1, 0, 0};
    }
    return {layer.attribute("window_y"), layer.attribute("window_x"),  layer.attribute("stride_y"),
            layer.attribute("stride_x"), layer.attribute("padding_y"), layer.attribute("padding_x")};
}

// Evidence of one output at one place. A sum of K products is off by at most (K + 4) epsilon times the sum of
// their magnitudes in any order; the log-odds form of the first layer adds w0 of each variable to these.
void evidence(const Model &model, std::size_t index, const ReferenceMap &input, const Window &window, int y,
              int x, int output, double &value, double &error) {
    const Layer &layer = model.layers[index];
    const int channels = input.shape[2] * input.shape[3], states = input.shape[3];
    const int outputs = layer.attribute("groups") * layer.attribute("states");
    const std::string &next = model.layers[index + 1].op;
    const bool ratio = next == "relu" || next == "sigmoid";
    const double observations = number(model, layer.name + ".observations", 0);
    value =
        number(model, layer.name + ".log_prior", output) + (ratio ? std::log(layer.attribute("states")) : 0);
    double magnitude = std::fabs(value), carried = 0;
    for (int v = 0; v < window.height; v++) {
        for (int u = 0; u < window.width; u++) {
            const int row = y * window.stride_y + v - window.padding_y,
                      column = x * window.stride_x + u - window.padding_x;
            if (row < 0 || row >= input.shape[0] || column < 0 || column >= input.shape[1]) {
                continue;
            }
            for (int c = 0; c < channels; c++) {
                const std::size_t weight = (static_cast<std::size_t>(v) * window.width + u) * channels + c;
                const double stored =
                    number(model, layer.name + ".log_likelihood", weight * outputs + output);
                const double log_q = std::max(stored, least_log_likelihood) + (ratio ? std::log(states) : 0);
                const std::size_t place = input.at(row, column, c);
                value += observations * input.value[place] * log_q;
                magnitude +=
                    observations * std::fabs(log_q) * (index == 0 ? 2 : std::fabs(input.value[place]));
                carried += observations * std::fabs(log_q) * input.error[place];
            }
        }
    }
    error = carried + epsilon * (window.height * window.width * channels + 4) * magnitude;
}

ReferenceMap kld(const Model &model, std::size_t index, const ReferenceMap &input) {
    const Layer &layer = model.layers[index];
    ReferenceMap output(activation_shapes(model)[index + 1]);
    const int outputs = output.shape[2] * output.shape[3];
    const Window window = window_of(layer, input);
    for (int y = 0; y < output.shape[0]; y++) {
        for (int x = 0; x < output.shape[1]; x++) {
            for (int o = 0; o < outputs; o++) {
                const std::size_t place = output.at(y, x, o);
                evidence(model, index, input, window, y, x, o, output.value[place], output.error[place]);
            }
        }
    }
    return output;
}

// Normalizations of one group. With evidence off by at most e, log h is off by at most 2 e.
void normalize_group(const std::string &op, const double *z, double *h, double *error, int states) {
    const double peak = *std::max_element(z, z + states);
    const double carried = 2 * *std::max_element(error, error + states);
    double mass = 0;
    for (int s = 0; s < states; s++) {
        mass += std::exp(z[s] - peak);
    }
    const bool hard = op.find("hard") != std::string::npos;
    for (int s = 0; s < states; s++) {
        const double log_h = z[s] - peak - (hard ? 0 : std::log(mass));
        const double off = carried + epsilon * (1.5 * (peak - z[s]) + 2 * std::log(states) + states + 4);
        const bool logarithm = op.rfind("log_", 0) == 0;
        h[s] = logarithm ? log_h : std::exp(log_h);
        error[s] = logarithm ? off : h[s] * std::expm1(off) + smallest;
    }
}

ReferenceMap normalized(const std::string &op, const ReferenceMap &input) {
    ReferenceMap output = input;
    const int states = input.shape[3];
    for (std::size_t row = 0; row < input.value.size(); row += states) {
        normalize_group(op, &input.value[row], &output.value[row], &output.error[row], states);
    }
    return output;
}

ReferenceMap element_wise(const std::string &op, const ReferenceMap &input) {
    ReferenceMap output = input;
    for (std::size_t i = 0; i < input.value.size(); i++) {
        if (op == "relu") {
            output.value[i] = std::max(input.value[i], 0.0);
        } else {
            output.value[i] = 1 / (1 + std::exp(-input.value[i]));
            output.error[i] = input.error[i] / 4 + 4 * epsilon * output.value[i] + smallest;
        }
    }
    return output;
}

// One pooled number from those of its window. No error grows: each is a mean or a maximum.
void pool_window(const std::string &op, const std::vector<double> &values, const std::vector<double> &errors,
                 double &value, double &error) {
    const auto count = static_cast<double>(values.size());
    const double peak = *std::max_element(values.begin(), values.end());
    error = *std::max_element(errors.begin(), errors.end());
    if (op == "max_pool" || op == "renormalized_max_pool") {
        value = peak;
        return;
    }
    value = 0;
    if (op == "marginal_pool" || op == "average_pool") {
        double magnitude = 0;
        for (const double p : values) {
            value += p / count;
            magnitude += std::fabs(p) / count;
        }
        error += epsilon * (count + 2) * magnitude;
        return;
    }
    for (const double log_p : values) {
        value += std::exp(log_p - peak);
    }
    value = peak + std::log(value) - std::log(count);
    error += epsilon * (2 * std::fabs(peak) + 3 * std::log(count) + count + 4);
}

// M / sum M with 1 <= sum M: relative errors of the maximum and of the sum add up.
void renormalize(ReferenceMap &map) {
    const int states = map.shape[3];
    for (std::size_t row = 0; row < map.value.size(); row += states) {
        double sum = 0, error = 0;
        for (int s = 0; s < states; s++) {
            sum += map.value[row + s];
            error += map.error[row + s];
        }
        for (std::size_t i = row; i < row + states; i++) {
            map.value[i] /= sum;
            map.error[i] =
                (map.error[i] + map.value[i] * error) / sum + epsilon * (states + 2) * map.value[i];
        }
    }
}

ReferenceMap pooled(const Layer &layer, const ReferenceMap &input, const Shape &shape) {
    ReferenceMap output(shape);
    for (int y = 0; y < shape[0]; y++) {
        for (int x = 0; x < shape[1]; x++) {
            for (int c = 0; c < shape[2] * shape[3]; c++) {
                std::vector<double> values, errors;
                const int top = y * layer.attribute("pool_stride_y"),
                          left = x * layer.attribute("pool_stride_x");
                for (int row = top; row < std::min(top + layer.attribute("pool_window_y"), input.shape[0]);
                     row++) {
                    for (int column = left;
                         column < std::min(left + layer.attribute("pool_window_x"), input.shape[1]);
                         column++) {
                        values.push_back(input.value[input.at(row, column, c)]);
                        errors.push_back(input.error[input.at(row, column, c)]);
                    }
                }
                const std::size_t place = output.at(y, x, c);
                pool_window(layer.op, values, errors, output.value[place], output.error[place]);
            }
        }
    }
    if (layer.op == "renormalized_max_pool") {
        renormalize(output);
    }
    return output;
}

}  // namespace

ReferenceMap image_map(const Model &model, const uint8_t *image) {
    std::vector<double> values(element_count({model.input.height, model.input.width, model.input.colors}));
    const double scale = model.input.kind == InputKind::bernoulli ? 1 / 255.0 : 1;
    std::transform(image, image + values.size(), values.begin(), [=](uint8_t byte) { return byte * scale; });
    return input_map(model, values);
}

ReferenceMap input_map(const Model &model, const std::vector<double> &numbers) {
    const auto &[height, width, colors] = model.input.extents();
    if (model.input.kind == InputKind::bernoulli) {
        ReferenceMap map({height, width, colors, 2});
        for (std::size_t i = 0; i < numbers.size(); i++) {
            map.value[2 * i] = 1 - numbers[i];
            map.value[2 * i + 1] = numbers[i];
            map.error[2 * i] = map.error[2 * i + 1] = epsilon;
        }
        return map;
    }
    ReferenceMap map({height, width, 1, colors});
    for (std::size_t i = 0; i < numbers.size(); i++) {
        const int color = static_cast<int>(i) % colors;
        const double scaled = model.input.scale_of(color) * numbers[i], offset = model.input.offset_of(color);
        map.value[i] = scaled + offset;
        map.error[i] = 2 * epsilon * (std::fabs(scaled) + std::fabs(offset)) + smallest;
    }
    return map;
}

ReferenceMap apply(const Model &model, std::size_t layer, const ReferenceMap &input) {
    const std::string &op = model.layers[layer].op;
    if (op == "kld_conv" || op == "kld_linear") {
        return kld(model, layer, input);
    }
    if (is_ordinary(op)) {
        return apply_ordinary(model, layer, input);
    }
    if (op == "relu" || op == "sigmoid") {
        return element_wise(op, input);
    }
    if (op == "softmax" || op == "log_softmax") {
        return normalized(op == "softmax" ? "normalize" : "log_normalize", input);
    }
    if (op.find("normalize") != std::string::npos && op.find("pool") == std::string::npos) {
        return normalized(op, input);
    }
    if (op.find("pool") != std::string::npos) {
        return pooled(model.layers[layer], input, activation_shapes(model)[layer + 1]);
    }
    throw std::logic_error("no reference for " + op);
}

}  // namespace fsd::testing
