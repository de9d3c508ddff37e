// A network in small integers, as data: what the integer evaluation reads, what a compiler of networks takes,
// and what a quantized file holds (docs/quantization.md, docs/formats.md).
//
// With probabilities rounded to integers a = round(A p), A = 255 or 65535, a KLD layer's log-evidence is
//     z_i = scale_i / A * sum_k a_k weight_ki + bias_i      in nats, up to a constant per output group
// The sum is one of integers and exact. Normalization and pooling follow in floating point; the next layer's
// integers are rounded from their result.
#pragma once

#include "runtime/model.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fsd {

struct QuantizedLayer {
    std::size_t index = 0;    // among the layers of the description
    std::string name;         // of the layer
    int activation_bits = 8;  // 8: A = 255; 16: A = 65535, rounded so that each variable's states sum to A
    // int8 or int16 [window_y, window_x, input_group, input_state, output], dense, never the least number of
    // the type. Where input_state has extent 1 (only in the first layer), the layer reads P(1) of the
    // Bernoulli variables: the bytes of the image as they are. Where it has extent 2 there, it reads
    // (255 - byte, byte). Outside the image activations are 0.
    Tensor weights;
    Tensor scales;  // float32 [output], nats per unit of weight, positive
    Tensor biases;  // float32 [group, state], nats

    int weight_bits() const { return weights.type().bits; }
    bool takes_log_odds() const { return weights.dim(1).extent() == 1; }
    double activation_scale() const { return activation_bits == 8 ? 255 : 65535; }
};

struct QuantizedNetwork {
    Model description;                   // without tensors
    std::vector<QuantizedLayer> layers;  // the KLD layers, in order

    std::size_t parameter_count() const;  // integers, scales and biases
};

// How many bits the numbers of a layer have: 8 or 16 each.
struct LayerBits {
    int weights = 8;
    int activations = 8;
};

// 8-bit weights and activations in all layers.
// Throws Error(unsupported) where a layer is not one that can be quantized with a bound: what a KLD layer
// reads must be a distribution, so the layers may be kld_conv, kld_linear, normalize, log_normalize,
// marginal_pool, renormalized_max_pool and log_marginal_pool; and where a layer's integers could leave int32.
QuantizedNetwork quantize(const Model &model);

// The same with `bits[k]` for the k-th KLD layer. Pixels have 8 bits, whatever is said.
QuantizedNetwork quantize(const Model &model, const std::vector<LayerBits> &bits);

// Writes an 8-bit network as a quantized file; no partial file is ever seen.
void save_quantized(const QuantizedNetwork &network, const std::string &path);

// Throws Error(bad_input) that names file, tensor and reason.
QuantizedNetwork load_quantized(const std::string &path);

// Of its description and its integers (runtime/models/fingerprint.h).
std::uint64_t fingerprint_of(const QuantizedNetwork &network);

// Whether the file says in its metadata that it is a quantized network. Throws Error(bad_input) where it is
// no .safetensors file.
bool is_quantized(const std::string &path);

}  // namespace fsd
