// How far rounding can move a layer's log-posterior, proved for every input (docs/quantization.md).
#pragma once

#include "toolkit/quantization/rounding.h"

#include <vector>

namespace fsd {

// All in nats. |log h' - log h| <= total and KL(h || h') <= total^2 / 8 for the posteriors h of the exact
// layer and h' of the quantized one, whatever distributions the layer reads.
struct LayerBound {
    double weights = 0;      // omega_W: what the rounding of weights and biases can do
    double activations = 0;  // omega_A: what the rounding of the activations can do; 0 for pixels
    double total = 0;
    double simple = 0;  // a looser bound of omega_W from the scales alone: variables x largest scale
    double divergence() const { return total * total / 8; }
};

// For 8-bit activations, which are rounded state by state.
LayerBound layer_bound(const ExactLayer &layer, const QuantizedLayer &quantized);

// For each output group: the largest difference that the weights' errors can make between two of its states,
// where each variable's integers sum to within `sum_error` of 1.
std::vector<double> weight_bounds(const ExactLayer &layer, const RoundingErrors &errors, double sum_error);

// For each output group and variable, the largest difference between two states' evidence that moving all of
// the variable's probability can make: max_ij (max_s - min_s) (W_i - W_j). [group, variable]
std::vector<std::vector<double>> sensitivities(const ExactLayer &layer);

// (max_s - min_s) (W_i - W_j) of one variable.
double sensitivity(const ExactLayer &layer, std::size_t variable, int i, int j);

}  // namespace fsd
