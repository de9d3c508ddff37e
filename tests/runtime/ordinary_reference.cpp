// Affine layers by their definition, a number at a time; element-wise functions by those of the C library.
#include "tests/runtime/ordinary_reference.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fsd::testing {
namespace {

constexpr double epsilon = std::numeric_limits<float>::epsilon();
constexpr double smallest = std::numeric_limits<float>::min();

// A tensor of the layer, its elements by position.
class Stored {
public:
    Stored(const Model &model, const Layer &layer, const std::string &role)
        : numbers_(static_cast<const float *>(model.tensor(layer.name + "." + role).data())) {}
    double operator[](std::size_t index) const { return numbers_[index]; }

private:
    const float *numbers_;
};

// Where the weights of an affine layer stand, and which inputs they meet.
struct Windows {
    int height, width, stride_y, stride_x, padding_y, padding_x;
    int groups;
    bool at_each_site;
};

Windows windows_of(const Layer &layer, const ReferenceMap &input) {
    if (layer.op == "linear") {
        return {input.shape[0], input.shape[1], 1, 1, 0, 0, 1, false};
    }
    const auto attribute = [&](const char *key) { return layer.attribute(key); };
    return {attribute("window_y"),
            attribute("window_x"),
            attribute("stride_y"),
            attribute("stride_x"),
            attribute("padding_y"),
            attribute("padding_x"),
            layer.op == "conv" ? attribute("groups") : 1,
            layer.op == "locally_connected"};
}

// A sum of K products and the bias is off by at most (K + 4) epsilon times the sum of their magnitudes in any
// order; an absorbed map per channel rounds the weights once more, which is in the 4.
ReferenceMap affine(const Model &model, std::size_t index, const ReferenceMap &input) {
    const Layer &layer = model.layers[index];
    ReferenceMap output(activation_shapes(model)[index + 1]);
    const Stored weight(model, layer, "weight"), bias(model, layer, "bias");
    const Windows windows = windows_of(layer, input);
    const int inputs = input.shape[2] * input.shape[3] / windows.groups, outputs = output.shape[3];
    for (int y = 0; y < output.shape[0]; y++) {
        for (int x = 0; x < output.shape[1]; x++) {
            const std::size_t site =
                windows.at_each_site ? static_cast<std::size_t>(y) * output.shape[1] + x : 0;
            for (int o = 0; o < outputs; o++) {
                const int first = o / (outputs / windows.groups) * inputs;
                double value = bias[site * outputs + o], magnitude = std::fabs(value), carried = 0;
                for (int v = 0; v < windows.height; v++) {
                    for (int u = 0; u < windows.width; u++) {
                        const int row = y * windows.stride_y + v - windows.padding_y,
                                  column = x * windows.stride_x + u - windows.padding_x;
                        if (row < 0 || row >= input.shape[0] || column < 0 || column >= input.shape[1]) {
                            continue;
                        }
                        for (int i = 0; i < inputs; i++) {
                            const std::size_t term =
                                ((site * windows.height + v) * windows.width + u) * inputs + i;
                            const double w = weight[term * outputs + o];
                            const std::size_t place = input.at(row, column, first + i);
                            value += w * input.value[place];
                            magnitude += std::fabs(w * input.value[place]);
                            carried += std::fabs(w) * input.error[place];
                        }
                    }
                }
                const std::size_t place = output.at(y, x, o);
                output.value[place] = value;
                output.error[place] =
                    carried + epsilon * (windows.height * windows.width * inputs + 4) * magnitude + smallest;
            }
        }
    }
    return output;
}

ReferenceMap batch_norm(const Model &model, std::size_t index, const ReferenceMap &input) {
    const Layer &layer = model.layers[index];
    const Stored scale(model, layer, "scale"), shift(model, layer, "shift"), mean(model, layer, "mean"),
        variance(model, layer, "variance");
    ReferenceMap output = input;
    const std::size_t channels = static_cast<std::size_t>(input.shape[2]) * input.shape[3];
    for (std::size_t i = 0; i < input.value.size(); i++) {
        const std::size_t c = i % channels;
        const double slope = scale[c] / std::sqrt(variance[c] + layer.number("epsilon"));
        output.value[i] = slope * (input.value[i] - mean[c]) + shift[c];
        output.error[i] =
            std::fabs(slope) * input.error[i] +
            4 * epsilon *
                (std::fabs(slope * input.value[i]) + std::fabs(slope * mean[c]) + std::fabs(shift[c])) +
            smallest;
    }
    return output;
}

// |f'| <= 2 / sqrt(pi) for erf; |1 + 2 alpha z| for the quadratic map.
ReferenceMap element_wise(const Layer &layer, const ReferenceMap &input) {
    ReferenceMap output = input;
    for (std::size_t i = 0; i < input.value.size(); i++) {
        const double z = input.value[i];
        if (layer.op == "erf") {
            output.value[i] = std::erf(z);
            output.error[i] = 1.13 * input.error[i] + 4 * epsilon * std::fabs(output.value[i]) + smallest;
            continue;
        }
        const double alpha = layer.number("alpha");
        output.value[i] = z + alpha * z * z;
        output.error[i] =
            (std::fabs(1 + 2 * alpha * z) + std::fabs(alpha) * input.error[i]) * input.error[i] +
            4 * epsilon * (std::fabs(z) + std::fabs(alpha) * z * z) + smallest;
    }
    return output;
}

}  // namespace

bool is_ordinary(const std::string &op) {
    static const std::vector<std::string> known = {"conv",       "linear", "locally_connected",
                                                   "batch_norm", "erf",    "quadratic"};
    return std::find(known.begin(), known.end(), op) != known.end();
}

ReferenceMap apply_ordinary(const Model &model, std::size_t index, const ReferenceMap &input) {
    const Layer &layer = model.layers[index];
    if (layer.op == "batch_norm") {
        return batch_norm(model, index, input);
    }
    return layer.op == "erf" || layer.op == "quadratic" ? element_wise(layer, input)
                                                        : affine(model, index, input);
}

}  // namespace fsd::testing
