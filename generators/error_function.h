// The error function of float32 and its derivative. The operand must be loaded or computed strictly
// (generators/strict.h).
#pragma once

#include "generators/log_space.h"

namespace fsd {

// erf z within 1.2 ULP; odd, -0 stays -0. From 3.92 on it is 1. erf(NaN) = NaN.
//
// Up to 27/32: z + z p(z^2). Beyond, where erf has the exponent of 1: 1 - e^-r, r = t + t q(t) and t = |z|.
// p and q are minimax polynomials: 0.05 and 0.01 ULP of erf. Beyond 4, e^-r is below half an ULP of 1.
inline Halide::Expr error_function(const Halide::Expr &z) {
    using Halide::reinterpret;
    using Halide::select;
    const Halide::Expr bits = reinterpret<int32_t>(z), size_bits = bits & 0x7fffffff;
    const Halide::Expr size = reinterpret<float>(size_bits);

    const Halide::Expr square = z * z;
    Halide::Expr p = -0x1.4e3b52p-11f * square + 0x1.4bbc48p-8f;
    for (const float coefficient : {-0x1.b73f58p-6f, 0x1.ce25e8p-4f, -0x1.812728p-2f, 0x1.06eba8p-3f}) {
        p = p * square + coefficient;
    }
    const Halide::Expr small = strict_sum(z, z * p);

    const Halide::Expr t = select(strict_less(4.f, size), 4.f, size);
    Halide::Expr q = 0x1.096a12p-17f * t - 0x1.304a2p-12f;
    for (const float coefficient :
         {0x1.cc66acp-9f, -0x1.80ea7ap-6f, 0x1.b1e60cp-4f, 0x1.454a18p-1f, 0x1.076248p-3f}) {
        q = q * t + coefficient;
    }
    const Halide::Expr complement = exponential_of_nonpositive(strict_difference(-(q * t), t));
    const Halide::Expr far = strict_difference(1.f, complement);
    const Halide::Expr large = reinterpret<float>(reinterpret<int32_t>(far) | (bits - size_bits));
    return select(strict_less(0.84375f, size), large, small);
}

// 2 / sqrt(pi) e^(-z^2), within 1.7 + 0.5 z^2 epsilons: the exponent is rounded once. 0 where |z| > 9.34, as
// e^(-z^2) is below 2^-126 there.
inline Halide::Expr error_function_slope(const Halide::Expr &z) {
    const float two_over_root_pi = 0x1.20dd76p+0f;
    const Halide::Expr power = exponential_of_nonpositive(strict_product(z, strict_difference(0.f, z)));
    return strict_product(power, two_over_root_pi);
}

}  // namespace fsd
