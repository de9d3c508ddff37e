// What a training step sees: some samples and their answers.
#pragma once

#include "runtime/tensor.h"

namespace fsd {

struct Batch {
    Tensor inputs;   // uint8 [sample, y, x, color], or float32 [sample, y, x, channel]
    Tensor mask;     // uint8 [sample, y, x, 1]: 0 where a pixel is unobserved; undefined where all are seen
    Tensor labels;   // int32 [sample]; undefined where the answers are numbers
    Tensor targets;  // float32 [sample, number]; undefined where the loss wants classes alone

    // Allocates nothing: steps ask.
    int samples() const { return inputs.dim(inputs.dimensions() - 1).extent(); }
};

}  // namespace fsd
