// Element-wise approximations of Bayes' rule (docs/math.md, "Approximations").
#pragma once

#include "generators/log_space.h"

namespace fsd {

// max(evidence, 0); NaN stays NaN.
inline Halide::Expr rectified(const Halide::Expr &evidence) {
    return select(strict_float(evidence > 0.f) || is_nan(evidence), evidence, 0.f);
}

// 1 / (1 + exp(-evidence)). exp of nothing above zero: neither overflows nor loses the small probabilities.
inline Halide::Expr logistic(const Halide::Expr &evidence) {
    const Halide::Expr ratio = exponential(strict_float(-abs(evidence)));
    return strict_float(select(evidence < 0.f, ratio, 1.f) / (1.f + ratio));
}

}  // namespace fsd
