// The evidence of windows over bytes: exact sums of integers, scaled.
#pragma once

#include "compiler/packed_integers.h"
#include "generators/window_evidence.h"

namespace fsd::compiler {

// How a machine multiplies integers. The layout of the weights is the same for all: words of four int8.
struct Products {
    // True: uint8 x int8, four at a time, by vpdpbusd. False: int16 x int16, two at a time, by pmaddwd, which
    // every x86 has, and which is exact where pmaddubsw would saturate.
    bool of_bytes = false;
    int lanes = lanes_per_panel;  // outputs that a register tile is made of
};

// Of bytes where Halide emits vpdpbusd.
Products products_of(const Halide::Target &target);

// The packed numbers, seen as what they are: from `place` on, in bytes, the weights, then factors and biases.
struct NumberViews {
    Halide::ImageParam floats;    // float32
    Halide::ImageParam integers;  // int8 for products of bytes, else int16; undefined without integers
};

// Defines what `window`, whose extents are set, observes: the bytes of a map (channel, x, y, sample), with
// zeros in the padding.
void observe_bytes(WindowEvidence &window, const Halide::Func &bytes);

class IntegerSums {
public:
    // Defines sum and evidence of a window that observes bytes.
    void define(WindowEvidence &window, const PackedIntegers &layer, const Products &products,
                const NumberViews &numbers, int place);

    // False: of bytes.
    bool are_of_pairs() const { return pairs.defined(); }

    // For pairs: half, element, y, sample: int16 of the observed bytes `element` and `element` + 2. The
    // bytes 0 and 2 of each word of weights are multiplied by the pair at the word's first element, 1 and 3
    // by the next one.
    Halide::Func pairs;
    Halide::Var half{"half"};
    // Of the sum. Bytes: term of the word, word, row of the window; pairs: half, parity of the term, word,
    // row.
    Halide::RDom term;
    int steps() const { return are_of_pairs() ? 2 : 1; }  // of the words' axis
    Halide::RVar product() const { return term[0]; }      // what one instruction adds up
    Halide::RVar word() const { return term[steps()]; }
    Halide::RVar row() const { return term[steps() + 1]; }

private:
    void define_bytes(WindowEvidence &window, const PackedIntegers &layer, const Halide::ImageParam &weights,
                      int place);
    void define_pairs(WindowEvidence &window, const PackedIntegers &layer, const Halide::ImageParam &weights,
                      int place);
};

}  // namespace fsd::compiler
