// exp and log of float32, and the pieces of Bayes' rule that every normalizing formula is made of.
//
// Operands must be values that were loaded or computed strictly (generators/strict.h): NaN and infinities do
// not survive ordinary arithmetic. The same holds for what consumes the results directly. Accuracy:
// docs/numerics.md.
#pragma once

#include "generators/strict.h"

#include <limits>

namespace fsd {

constexpr float infinity = std::numeric_limits<float>::infinity();

// log 2 = ln2_high + ln2_low. The high part has 15 significant bits, so its products with integers below 512
// are exact, with and without fused multiply-add.
constexpr float ln2_high = 0x1.62e4p-1f;
constexpr float ln2_low = 0x1.7f7d1cp-20f;

constexpr float log2_e = 0x1.715476p+0f;
constexpr float lowest_exponent = -0x1.5d589ep+6f;  // the last x with e^x >= 2^-126
constexpr float rounding_shift = 0x1.8p+23f;        // adding it rounds to an integer, found in the low bits

// (e^r - 1 - r) / r^2 for |r| <= log 2 / 2: minimax polynomial, 0.05 ULP of e^r.
inline Halide::Expr exponential_quadratic(const Halide::Expr &r) {
    Halide::Expr quadratic = 0x1.6a4d5ep-10f * r + 0x1.12398ep-7f;
    for (const float coefficient : {0x1.5558bp-5f, 0x1.555492p-3f, 0x1.fffffcp-2f}) {
        quadratic = quadratic * r + coefficient;
    }
    return quadratic;
}

// e^x for float32, within 0.90 ULP from -87.33654 (where e^x is the smallest normal number) to 88.72283.
// Below: 0, no subnormal results. Above: +inf. exp(-inf) = 0, exp(+inf) = +inf, exp(NaN) = NaN.
//
// x = n log 2 + r with an integer n, where r enters e^r in two parts: the first is exact. n is added to the
// exponent as an integer, which reaches both ends of the range. LLVM merges (shifted - shift) and
// (x - n ln2_high) - n ln2_low unless their outermost operation is strict.
inline Halide::Expr exponential(const Halide::Expr &x) {
    using Halide::reinterpret;
    using Halide::select;
    const float too_high = 0x1.62e43p+6f;  // the first x with e^x >= 2^128
    const Halide::Expr shifted = x * log2_e + rounding_shift;
    const Halide::Expr n = strict_difference(shifted, rounding_shift);
    const Halide::Expr r_high = x - n * ln2_high;
    const Halide::Expr r_low = n * ln2_low;
    const Halide::Expr r = strict_difference(r_high, r_low);
    const Halide::Expr power =
        strict_sum(strict_sum(r_high, exponential_quadratic(r) * (r * r) - r_low), 1.f);
    const Halide::Expr scaled =
        reinterpret<float>(reinterpret<uint32_t>(power) + (reinterpret<uint32_t>(shifted) << 23));
    return select(strict_less(x, too_high), select(strict_less(x, lowest_exponent), 0.f, scaled),
                  strict_sum(x, infinity));
}

// The same bits for x <= 0 and NaN, in fewer operations: there is no upper end to check, and 2^n is a factor,
// which keeps NaN. Two names for 2^n keep Halide from making p 2^n + 2^n (p + 1) 2^n: one operation more.
inline Halide::Expr exponential_of_nonpositive(const Halide::Expr &x) {
    const float shift = rounding_shift + 127;  // the bias of a float's exponent
    const Halide::Expr shifted = x * log2_e + shift;
    const Halide::Expr n = strict_difference(shifted, shift);
    const Halide::Expr r_high = x - n * ln2_high;
    const Halide::Expr r_low = n * ln2_low;
    const Halide::Expr r = strict_difference(r_high, r_low);
    const Halide::Expr power_minus_1 = strict_sum(r_high, exponential_quadratic(r) * (r * r) - r_low);
    const Halide::Expr scale = Halide::reinterpret<float>(Halide::reinterpret<uint32_t>(shifted) << 23);
    const Halide::Expr same_scale = Halide::reinterpret<float>(Halide::reinterpret<int32_t>(shifted) << 23);
    return Halide::select(strict_less(x, lowest_exponent), 0.f, power_minus_1 * scale + same_scale);
}

// e^x for x <= 0 and NaN, as a term of a sum in which another term is 1: within 2.1 ULP + 1.3 ULP per unit of
// |x|, 1 at 0, and less than 2^-124 below -86. A distribution's terms e^x have small weights where |x| is
// large: over S states these errors add up to 0.6 epsilon log S of the sum.
//
// x log2 e = n + f with an integer n, 2^f = 1 + f slope (minimax polynomial of degree 4, 0.9 ULP of 2^f).
inline Halide::Expr exponential_in_sum(const Halide::Expr &x) {
    const float shift = rounding_shift + 127;
    const Halide::Expr clamped = Halide::select(strict_less(x, -86.f), -86.f, x);
    const Halide::Expr exponent = strict_product(clamped, log2_e);
    const Halide::Expr shifted = strict_sum(exponent, shift);
    const Halide::Expr n = strict_difference(shifted, shift);
    const Halide::Expr f = strict_difference(exponent, n);
    Halide::Expr slope = 0x1.5bb92ap-10f * f + 0x1.3ceb6cp-7f;
    for (const float coefficient : {0x1.c6b75ap-5f, 0x1.ebf9bap-3f, 0x1.62e42ap-1f}) {
        slope = slope * f + coefficient;
    }
    const Halide::Expr scale = Halide::reinterpret<float>(Halide::reinterpret<uint32_t>(shifted) << 23);
    const Halide::Expr same_scale = Halide::reinterpret<float>(Halide::reinterpret<int32_t>(shifted) << 23);
    return slope * f * scale + same_scale;
}

// log(x 2^shift) for positive normal x; see logarithm().
//
// x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), log(1 + f) = f - f^2/2 + f^3 (minimax polynomial of
// degree 7, 0.1 ULP); the sum k log 2 + f is kept with its rounding error.
inline Halide::Expr logarithm_of_normal(const Halide::Expr &x, const Halide::Expr &shift = Halide::Expr()) {
    using Halide::reinterpret;
    const Halide::Expr sqrt_half = Halide::cast<uint32_t>(0x3f3504f3);
    const Halide::Expr bits = reinterpret<uint32_t>(x);
    const Halide::Expr exponent = reinterpret<int32_t>(bits - sqrt_half) >> 23;
    const Halide::Expr mantissa = reinterpret<float>(bits - (reinterpret<uint32_t>(exponent) << 23));
    const Halide::Expr f = strict_difference(mantissa, 1.f);
    const Halide::Expr k = Halide::cast<float>(shift.defined() ? exponent + shift : exponent);
    Halide::Expr cubic = -0x1.38c9dep-4f * f + 0x1.055ec6p-3f;
    for (const float coefficient : {-0x1.0d8242p-3f, 0x1.22d92ep-3f, -0x1.54728ap-3f, 0x1.99a01cp-3f,
                                    -0x1.000226p-2f, 0x1.555554p-2f}) {
        cubic = cubic * f + coefficient;
    }
    const Halide::Expr square = f * f;
    const Halide::Expr high = strict_product(k, ln2_high);
    const Halide::Expr sum = strict_sum(high, f);
    const Halide::Expr sum_error = strict_difference(f, strict_difference(sum, high));
    const Halide::Expr rest = (cubic * f - 0.5f) * square;
    const Halide::Expr small = strict_sum(strict_sum(sum_error, k * ln2_low), rest);
    return strict_sum(sum, small);
}

// log x for float32, within 0.93 ULP for every positive x, subnormal numbers included. log(0) = -inf,
// log(+inf) = +inf, log(negative) = NaN, log(NaN) = NaN.
inline Halide::Expr logarithm(const Halide::Expr &x) {
    using Halide::select;
    const Halide::Expr subnormal = strict_less(x, std::numeric_limits<float>::min());
    const Halide::Expr normal = select(subnormal, strict_product(x, 0x1p+23f), x);
    const Halide::Expr ordinary = strict_less(0.f, x) && strict_less(x, infinity);
    const Halide::Expr special =
        select(strict_equal(x, 0.f), -infinity,
               select(strict_less(0.f, x), x, std::numeric_limits<float>::quiet_NaN()));
    return select(ordinary, logarithm_of_normal(normal, select(subnormal, -23, 0)), special);
}

// The same bits for finite x >= 1 and NaN, in fewer operations. What tells NaN is not x < infinity: where x
// is a sum over lanes, which is not strict, that is taken for granted.
inline Halide::Expr logarithm_from_1(const Halide::Expr &x) {
    return Halide::select(strict_less(0.f, x), logarithm_of_normal(x), x);
}

// z - offset, exactly as written: merged with a second subtraction it would lose the row's small numbers to a
// large common offset.
inline Halide::Expr centered(const Halide::Expr &z, const Halide::Expr &offset) {
    return strict_difference(z, offset);
}

// The peak of a row as the offset that exponentials are taken against where a sum of zeros is legal (log sum
// exp of nothing but -inf is -inf): 0 in place of -inf.
inline Halide::Expr finite_peak(const Halide::Expr &peak) {
    return Halide::select(strict_equal(peak, -infinity), 0.f, peak);
}

// Bayes' rule for one state: its share of the row's mass. A row is normalized in three steps,
//     peak = max z,  mass = sum joint(z, peak),  posterior = normalized(z, peak, 1 / mass)
// and NaN, +inf or nothing but -inf among the z makes the mass NaN, hence the whole row.
inline Halide::Expr joint(const Halide::Expr &z, const Halide::Expr &peak) {
    return exponential_of_nonpositive(centered(z, peak));
}
inline Halide::Expr reciprocal(const Halide::Expr &mass) {
    return strict_quotient(1.f, mass);
}
inline Halide::Expr normalized(const Halide::Expr &z, const Halide::Expr &peak,
                               const Halide::Expr &reciprocal_mass) {
    return strict_product(joint(z, peak), reciprocal_mass);
}

// The same in the log domain: log posterior = log_normalized(z, peak, logarithm_from_1(mass)).
inline Halide::Expr log_normalized(const Halide::Expr &z, const Halide::Expr &peak,
                                   const Halide::Expr &log_mass) {
    return centered(centered(z, peak), log_mass);
}

// log sum exp z of a row, with the finite peak and the mass taken against it.
inline Halide::Expr log_sum_exponentials(const Halide::Expr &peak, const Halide::Expr &mass) {
    return strict_sum(peak, logarithm(mass));
}

}  // namespace fsd
