// What is no operator's formula.
#include "compiler/normalization.h"

namespace fsd::compiler {

using Halide::Expr;

void Normalization::define_identity(const Bayes::Evidence &evidence) {
    result(state, group, site, sample) = evidence(state);
}

namespace {

// 2^z for -126 <= z < 127, within 2^-18.5 of it: a minimax polynomial between the powers of two on both
// sides, whose exponents are then moved.
Expr power_of_two(const Expr &z) {
    const Expr shifted = strict_sum(z, rounding_shift);
    const Expr rest = z - strict_difference(shifted, rounding_shift);
    Expr power = 0x1.3997d6p-7f * rest + 0x1.ca1444p-5f;
    for (const float coefficient : {0x1.ec06dap-3f, 0x1.62e0dcp-1f, 0x1.ffffe8p-1f}) {
        power = power * rest + coefficient;
    }
    return Halide::reinterpret<float>(Halide::reinterpret<uint32_t>(power) +
                                      (Halide::reinterpret<uint32_t>(shifted) << 23));
}

}  // namespace

void Normalization::define_by_powers(Exponent exponent, int states, const Bayes::Evidence &evidence) {
    const auto power = [&](const Expr &z) {
        return power_of_two(exponent == Exponent::bare ? z : max(z, -125.f));
    };
    if (exponent == Exponent::peaked) {
        bayes.peak.maximum({group, site, sample}, states, evidence);
        bayes.weight(state, group, site, sample) =
            power(evidence(state) - bayes.peak.total(group, site, sample));
    } else {
        bayes.weight(state, group, site, sample) = power(evidence(state));
    }
    bayes.mass.sum({group, site, sample}, states,
                   [&](const Expr &s) { return bayes.weight(s, group, site, sample); });
    bayes.scale(group, site, sample) = 1.f / bayes.mass.total(group, site, sample);
    bayes.result(state, group, site, sample) =
        bayes.weight(state, group, site, sample) * bayes.scale(group, site, sample);
    result = bayes.result;
}

}  // namespace fsd::compiler
