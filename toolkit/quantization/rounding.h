// What rounding does to a layer: its weights' errors, and activations as integers.
#pragma once

#include "toolkit/quantization/exact_layer.h"
#include "toolkit/quantization/quantized_network.h"

#include <cstdint>
#include <vector>

namespace fsd {

// Quantized minus exact, nats, with the axes of ExactLayer. A layer in log-odds form is counted as the
// weights -w/2 and w/2 of its two states, which give the same evidence.
struct RoundingErrors {
    std::vector<double> weights;
    std::vector<double> biases;
};

// `layer` must be the centered one that `quantized` was made from.
RoundingErrors rounding_errors(const ExactLayer &layer, const QuantizedLayer &quantized);

// round(255 p), or round(65535 p) with the remainder added to the largest state, so that each variable's
// states sum to 65535. Of pixels these are the bytes themselves. For layers in log-odds form only P(1) is
// kept.
std::vector<int32_t> rounded_activations(const QuantizedLayer &layer, const NumberMap &probability);

}  // namespace fsd
