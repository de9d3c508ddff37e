// An image's bytes as Bernoulli variables: P(1) = v/255.
#pragma once

#include "Halide.h"

namespace fsd {

inline Halide::Expr probability_of_one(const Halide::Expr &byte) {
    return Halide::cast<float>(byte) / 255.f;
}

// P(state) in 255ths, of state 0 or 1.
inline Halide::Expr byte_of_state(const Halide::Expr &byte, const Halide::Expr &state) {
    return select(state == 0, Halide::cast<uint8_t>(255) - byte, byte);
}

inline Halide::Expr probability_of_state(const Halide::Expr &byte, const Halide::Expr &state) {
    return probability_of_one(byte_of_state(byte, state));
}

}  // namespace fsd
