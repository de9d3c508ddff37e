// Elementary functions of float64 for the analyses, in a form that vectorizes: Halide's own call the C
// library once per number. Operands are finite; the accuracy is what docs/numerics.md says.
#pragma once

#include "generators/information.h"

#include <initializer_list>
#include <vector>

namespace fsd {

// c[0] x^(n-1) + ... + c[n-1] by Horner's rule.
inline Halide::Expr polynomial(const Halide::Expr &x, std::initializer_list<double> coefficients) {
    Halide::Expr value;
    for (const double coefficient : coefficients) {
        value = value.defined() ? value * x + Halide::Expr(coefficient) : Halide::Expr(coefficient);
    }
    return value;
}

// e^x for x <= 0, within 2 ULP; 0 below -708.
//
// x = n log 2 + r, |r| <= log 2 / 2: Taylor's polynomial of degree 13 is within 0.05 ULP of e^r. n is found
// in the low bits of a sum with 1.5 2^52, together with the bias of the exponent, so that these bits become
// 2^n.
inline Halide::Expr double_exponential_of_nonpositive(const Halide::Expr &x) {
    using Halide::reinterpret;
    const Halide::Expr shift{0x1.8p52 + 1023}, log2_e{0x1.71547652b82fep+0};
    const Halide::Expr ln2_high{6.93147180369123816490e-01}, ln2_low{1.90821492927058770002e-10};
    const Halide::Expr shifted = x * log2_e + shift;
    const Halide::Expr n = strict_difference(shifted, shift);
    const Halide::Expr r = strict_difference(strict_difference(x, strict_product(n, ln2_high)), n * ln2_low);
    const Halide::Expr power =
        polynomial(r, {1. / 6227020800, 1. / 479001600, 1. / 39916800, 1. / 3628800, 1. / 362880, 1. / 40320,
                       1. / 5040, 1. / 720, 1. / 120, 1. / 24, 1. / 6, 0.5, 1., 1.});
    const Halide::Expr bits = reinterpret<uint64_t>(shifted) << Halide::cast<uint64_t>(52);
    return Halide::select(x < Halide::Expr(-708.), Halide::Expr(0.), power * reinterpret<double>(bits));
}

// sin t for 0 <= t <= pi / 2, within 2 ULP: Taylor's polynomial of degree 21.
inline Halide::Expr double_sine(const Halide::Expr &t) {
    const Halide::Expr square = t * t;
    const Halide::Expr rest =
        polynomial(square, {1. / 51090942171709440000., -1. / 121645100408832000., 1. / 355687428096000.,
                            -1. / 1307674368000., 1. / 6227020800., -1. / 39916800., 1. / 362880.,
                            -1. / 5040., 1. / 120., -1. / 6.});
    return t + t * square * rest;
}

// asin x for 0 <= x <= 1, within 2 ULP: fdlibm's rational function below 1/2, else by way of sqrt((1 - x) /
// 2).
inline Halide::Expr double_arcsine(const Halide::Expr &x) {
    const Halide::Expr half{0.5}, half_pi{1.57079632679489661923};
    const Halide::Expr far = x >= half;
    const Halide::Expr square = Halide::select(far, (Halide::Expr(1.) - x) * half, x * x);
    const Halide::Expr root = Halide::select(far, Halide::sqrt(square), x);
    const Halide::Expr above =
        square * polynomial(square, {3.47933107596021167570e-05, 7.91534994289814532176e-04,
                                     -4.00555345006794114027e-02, 2.01212532134862925881e-01,
                                     -3.25565818622400915405e-01, 1.66666666666666657415e-01});
    const Halide::Expr below =
        polynomial(square, {7.70381505559019352791e-02, -6.88283971605453293030e-01,
                            2.02094576023350569471e+00, -2.40339491173441421878e+00, 1.});
    const Halide::Expr small = root + root * (above / below);
    return Halide::select(far, half_pi - Halide::Expr(2.) * small, small);
}

// 0 where all numbers are finite, else NaN: added strictly, it keeps what comparisons, clamps and symmetric
// reading would hide.
inline Halide::Expr zero_if_finite(const std::vector<Halide::Expr> &numbers) {
    Halide::Expr sum = zero_if_finite(numbers.front());
    for (std::size_t i = 1; i < numbers.size(); i++) {
        sum = strict_sum(sum, zero_if_finite(numbers[i]));
    }
    return sum;
}

// The C library's erfc and erf, one number at a time.
inline Halide::Expr library_call(const char *function, const Halide::Expr &x) {
    return Halide::Internal::Call::make(Halide::Float(64), function, {x}, Halide::Internal::Call::PureExtern);
}

// The standard normal distribution function, with full relative accuracy in the lower tail, and its density.
inline Halide::Expr normal_cdf(const Halide::Expr &x) {
    return Halide::Expr(0.5) * library_call("erfc", x * Halide::Expr(-0.70710678118654752440));
}
inline Halide::Expr normal_density(const Halide::Expr &x) {
    return Halide::Expr(0.39894228040143267794) *
           double_exponential_of_nonpositive(x * x * Halide::Expr(-0.5));
}

// x between -1e8 and 1e8: beyond, normal_cdf and normal_density no longer change, and squares stay finite.
inline Halide::Expr bounded(const Halide::Expr &x) {
    return Halide::clamp(x, Halide::Expr(-1e8), Halide::Expr(1e8));
}

}  // namespace fsd
