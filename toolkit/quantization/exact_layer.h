// The KLD layers of a model in float64, in the form that loses least by rounding. Specification:
// docs/quantization.md; the freedoms used are those of docs/math.md, 2.3.
#pragma once

#include "toolkit/quantization/map.h"

#include <string>
#include <vector>

namespace fsd {

// z_i = sum_k p_k W_ki + bias_i, nats. Computed in float64 from the model's float32 numbers.
struct ExactLayer {
    std::size_t index = 0;  // among the model's layers
    std::string name;
    LayerWindow window;
    Shape input;  // [y, x, group, state]
    int groups = 0;
    int states = 0;
    // W = n log q: [position, input_group, input_state, output]. log q is counted as at least -87, as by the
    // kernels.
    std::vector<double> weights;
    std::vector<double> biases;  // [output]

    int outputs() const { return groups * states; }
    std::size_t variables() const { return static_cast<std::size_t>(window.positions()) * input[2]; }
    double largest_weight() const;
    double weight(std::size_t variable, int state, int output) const {
        return weights[(variable * input[3] + state) * outputs() + output];
    }
};

// Throws Error(unsupported) that names the first layer whose output is no distribution, as stored_layers()
// does.
void check_quantizable(const Model &model);

// The layers with parameters, in order, as they are stored. Throws Error(unsupported) that names the first
// layer whose output is no distribution (hard_normalize, relu, sigmoid, max_pool): the bounds do not hold
// behind it.
std::vector<ExactLayer> stored_layers(const Model &model);

// The same posterior from smaller weights. In ten rounds, half of the smallest plus largest weight is
// subtracted over the output states of each group, which changes z by a constant per group; and over the
// input states of each variable, which moves a constant into the bias because sum_s p_s = 1. With padding
// that constant would depend on the position at the border, so there only the outputs are centered. Of two
// input states the weights end up as -d/2 and d/2 where there is no padding.
ExactLayer centered(ExactLayer layer);

}  // namespace fsd
