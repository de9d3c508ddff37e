// From the quantized file's axes to panels of words.
#include "compiler/packed_integers.h"

#include "compiler/stage_kind.h"
#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "toolkit/quantization/map.h"

#include <cmath>

namespace fsd::compiler {
namespace {

// Far within float32, and far beyond what a layer of logarithms of probabilities can reach.
constexpr double largest_evidence = 1e30;

void check_range(const QuantizedLayer &layer, const std::vector<EvidenceRange> &ranges) {
    for (const EvidenceRange &range : ranges) {
        if (range.highest > largest_evidence || range.lowest < -largest_evidence) {
            throw Error(ExitCode::unsupported,
                        text("layer ", quoted(layer.name), ": its log-evidence can reach ",
                             std::max(range.highest, -range.lowest), " nats; compiled networks take up to ",
                             largest_evidence, ". 'fsdnet evaluate' runs the file as it is."));
        }
    }
}

void copy_weights(const QuantizedLayer &layer, PackedIntegers &packed) {
    packed.weights.resize(static_cast<std::size_t>(packed.panels()) * packed.window_y * packed.words() *
                          lanes_per_panel * terms_per_word);
    const auto *weights = static_cast<const int8_t *>(layer.weights.data());
    for (int row = 0; row < packed.window_y; row++) {
        for (int term = 0; term < packed.window_x * packed.inputs; term++) {
            for (int output = 0; output < packed.outputs(); output++) {
                packed.weights[packed.place(term, row, output)] = *weights++;
            }
        }
    }
}

}  // namespace

PackedIntegers packed_integers(const QuantizedNetwork &network, std::size_t k) {
    const QuantizedLayer &layer = network.layers[k];
    const Layer &description = network.description.layers[layer.index];
    const Shape input = activation_shapes(network.description)[layer.index];
    const bool padded = window_of(description, input).is_padded();
    const bool wants_powers = stage_kind(network.description, layer.index + 1).may_take_powers;

    PackedIntegers packed;
    const Shape window = shape_of(layer.weights), outputs = shape_of(layer.biases);
    packed.window_y = window[0];
    packed.window_x = window[1];
    packed.inputs = window[2] * window[3];
    packed.groups = outputs[0];
    packed.states = outputs[1];
    copy_weights(layer, packed);

    const std::vector<EvidenceRange> ranges = evidence_ranges(layer, input[3], padded);
    check_range(layer, ranges);
    const ExponentChoice choice = choose_exponent(ranges, packed.states);
    packed.exponent = choice.exponent;
    const double unit = wants_powers ? 1 / std::log(2.0) : 1;
    const auto *scales = static_cast<const float *>(layer.scales.data());
    const auto *biases = static_cast<const float *>(layer.biases.data());
    const std::size_t lanes = static_cast<std::size_t>(packed.panels()) * lanes_per_panel;
    packed.factors.resize(lanes);
    packed.biases.resize(lanes);
    for (int i = 0; i < packed.outputs(); i++) {
        const double offset = wants_powers ? choice.offsets[i / packed.states] : 0;
        packed.factors[i] = static_cast<float>(scales[i] / layer.activation_scale() * unit);
        packed.biases[i] = static_cast<float>((biases[i] - offset) * unit);
    }
    return packed;
}

}  // namespace fsd::compiler
