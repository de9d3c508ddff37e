// Declares that the axes of a kernel's tensors begin at 0, as those of every fsd::Tensor do.
#pragma once

#include "Halide.h"

#include <vector>

namespace fsd {

inline void start_at_zero(const std::vector<Halide::OutputImageParam> &tensors) {
    for (Halide::OutputImageParam tensor : tensors) {
        for (int axis = 0; axis < tensor.dimensions(); axis++) {
            tensor.dim(axis).set_min(0);
        }
    }
}

}  // namespace fsd
