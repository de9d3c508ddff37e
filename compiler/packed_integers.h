// The numbers of a quantized layer as a compiled network holds them.
#pragma once

#include "compiler/evidence_range.h"
#include "compiler/layer_extents.h"
#include "toolkit/quantization/quantized_network.h"

#include <vector>

namespace fsd::compiler {

// Terms whose products one instruction adds up: the bytes of a word.
constexpr int terms_per_word = 4;

struct PackedIntegers : LayerExtents {
    // [panel, window_y, word, lane, term]: zeros behind the last output and the last term of a row of the
    // window, so that whatever is multiplied by them adds nothing.
    std::vector<int8_t> weights;
    std::vector<float> factors;  // [panel, lane]: evidence per unit of the sum
    std::vector<float> biases;   // [panel, lane]
    Exponent exponent = Exponent::bare;

    // Of a row of a window.
    int words() const { return (window_x * inputs + terms_per_word - 1) / terms_per_word; }
    std::size_t place(int term_of_row, int row, int output) const {
        const std::size_t word =
            (static_cast<std::size_t>(output / lanes_per_panel) * window_y + row) * words() +
            term_of_row / terms_per_word;
        return (word * lanes_per_panel + output % lanes_per_panel) * terms_per_word +
               term_of_row % terms_per_word;
    }
};

// The k-th KLD layer. Its evidence is counted in nats where the log-posterior is wanted, else in powers of 2,
// minus the offset of its exponent. Throws Error(unsupported) where float32 cannot hold the evidence.
PackedIntegers packed_integers(const QuantizedNetwork &network, std::size_t k);

}  // namespace fsd::compiler
