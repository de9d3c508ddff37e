// Vectors over rows of any length without masked loads and stores, which SSE and bytes do not have and which
// stall the loads behind them.
#pragma once

#include "Halide.h"

namespace fsd {

// Covers the loop `numbers` of `count` iterations with vectors of `natural` lanes; rows shorter than that
// with vectors of 8 or 4, rows shorter than 4 one by one. The last vector is shifted back into the row, so
// the numbers must not depend on how often they are computed. In each variant `lane` is the loop inside the
// vector; producers may be computed there.
inline void in_unmasked_vectors(Halide::Stage stage, const Halide::Var &numbers, const Halide::Var &lane,
                                const Halide::Expr &count, int natural) {
    for (int width = natural; width >= 4; width /= 2) {
        stage.specialize(count >= width)
            .split(numbers, numbers, lane, width, Halide::TailStrategy::ShiftInwards)
            .vectorize(lane);
    }
    stage.split(numbers, numbers, lane, 1);
}

}  // namespace fsd
