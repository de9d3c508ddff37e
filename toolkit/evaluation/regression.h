// How good a network's numbers are.
#pragma once

#include "runtime/tensor.h"

namespace fsd {

struct Regression {
    int samples = 0;
    double mse = 0;  // mean over samples and numbers of (predicted - target)^2
    // 1 - the sum of squared errors / that of predicting the mean target of each number; NaN where all
    // targets of each number are equal.
    double r2 = 0;
};

// Both float32 [sample, number], dense. Throws Error(bad_input) where the shapes differ.
Regression compare_with_targets(const Tensor &predicted, const Tensor &targets);

}  // namespace fsd
