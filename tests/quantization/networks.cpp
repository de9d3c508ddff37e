// Draws networks and images.
#include "tests/quantization/networks.h"

#include "runtime/error.h"
#include "tests/runtime/models.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace fsd::testing {
namespace {

int between(std::mt19937 &random, int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random);
}

void add_hidden_layers(Model &model, bool certified, std::mt19937 &random) {
    const int layers = between(random, 0, 2);
    for (int k = 0; k < layers; k++) {
        const int window = between(random, 1, 3);
        model.layers.push_back(conv("hidden" + std::to_string(k), window, between(random, 1, 2),
                                    between(random, 2, 20), between(random, 1, 2),
                                    between(random, 0, window - 1)));
        model.layers.push_back(plain("normalize"));
        if (between(random, 0, 2) > 0) {
            const bool averaged = certified || between(random, 0, 1) > 0;
            model.layers.push_back(
                pool(averaged ? "marginal_pool" : "renormalized_max_pool", between(random, 1, 3), 2));
        }
    }
}

Model drawn_layers(bool certified, std::mt19937 &random) {
    Model model;
    model.input = {between(random, 6, 11), between(random, 6, 11), between(random, 0, 1) == 0 ? 1 : 3};
    add_hidden_layers(model, certified, random);
    const int classes = between(random, 2, 7);
    model.layers.push_back(linear("last", 1, classes));
    model.layers.push_back(plain("log_normalize"));
    for (int i = 0; i < classes; i++) {
        model.classes.push_back("class " + std::to_string(i));
    }
    return model;
}

// Whether each window fits into what the layers before it leave.
bool fits(const Model &model) {
    try {
        activation_shapes(model);
        return true;
    } catch (const Error &) {
        return false;
    }
}

// Distributions between the drawn ones and the uniform one, so that decisions are close.
void flatten(Model &model, float share) {
    for (auto &[name, tensor] : model.tensors) {
        const Shape shape = shape_of(tensor);
        if (shape.size() != 5 || name.rfind("last", 0) != 0) {
            continue;
        }
        auto *numbers = static_cast<float *>(tensor.data());
        const int states = shape[3], outputs = shape[4];
        const auto rows = tensor.number_of_elements() / static_cast<std::size_t>(states * outputs);
        for (std::size_t row = 0; row < rows; row++) {
            float *first = numbers + row * states * outputs;
            for (int output = 1; output < outputs; output++) {
                for (int s = 0; s < states; s++) {
                    const double near = std::exp(first[s * outputs]),
                                 own = std::exp(first[s * outputs + output]);
                    first[s * outputs + output] =
                        static_cast<float>(std::log((1 - share) * near + share * own));
                }
            }
        }
    }
}

}  // namespace

Model drawn_network(unsigned seed, bool certified) {
    std::mt19937 random(seed);
    Model model = drawn_layers(certified, random);
    while (!fits(model)) {
        model = drawn_layers(certified, random);
    }
    model = with_parameters(model, seed);
    if (certified) {
        // Margins from far above what rounding can do to far below it.
        flatten(model, static_cast<float>(std::pow(10.0, -between(random, 0, 6))));
    }
    return model;
}

std::vector<uint8_t> drawn_image(const Model &model, std::mt19937 &random) {
    const auto &[height, width, colors] = model.input.extents();
    std::vector<uint8_t> image(static_cast<std::size_t>(height) * width * colors);
    for (uint8_t &byte : image) {
        byte = static_cast<uint8_t>(std::min(255, std::max(0, between(random, -200, 455))));
    }
    return image;
}

}  // namespace fsd::testing
