// Terms of the information measures, in nats (MATH 4 and 4.2).
#pragma once

#include "generators/log_space.h"

namespace fsd {

// 0 for finite numbers, NaN for the others: added to a term, it keeps what the term alone would hide.
inline Halide::Expr zero_if_finite(const Halide::Expr &x) {
    return strict_product(x, Halide::cast(x.type(), 0));
}

// - p log p of float32 or float64, 0 at p = 0; NaN for NaN, infinities and negative numbers.
inline Halide::Expr surprise(const Halide::Expr &p) {
    const Halide::Expr zero = Halide::cast(p.type(), 0);
    const Halide::Expr log_p = p.type() == Halide::Float(64) ? Halide::log(p) : logarithm(p);
    const Halide::Expr product = select(strict_equal(p, zero), zero, strict_product(p, log_p));
    return strict_difference(zero_if_finite(p), product);
}

// p log(p / q), 0 at p = 0, +inf at p > 0 = q, exactly 0 at p = q; NaN where p or q is NaN or infinite.
// The quotient of the two overflows for no p <= 1: a subnormal q is scaled by 2^24 first.
inline Halide::Expr divergence_term(const Halide::Expr &p, const Halide::Expr &q) {
    const Halide::Expr subnormal = strict_less(q, std::numeric_limits<float>::min());
    const Halide::Expr ratio = strict_quotient(p, select(subnormal, strict_product(q, 0x1p+24f), q));
    const Halide::Expr log_ratio = strict_sum(logarithm(ratio), select(subnormal, 0x1.0a2b24p+4f, 0.f));
    const Halide::Expr term =
        select(strict_equal(p, 0.f), 0.f, strict_equal(p, q), 0.f, strict_product(p, log_ratio));
    return strict_sum(term, strict_sum(zero_if_finite(p), zero_if_finite(q)));
}

}  // namespace fsd
