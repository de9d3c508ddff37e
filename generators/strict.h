// Single float operations that the compiler may neither reorder nor assume to be finite.
//
// Halide's default float arithmetic may be reassociated, and promises LLVM that no operand or result is NaN
// or infinite. strict_float(e) lifts both for e and everything inside it, but then nothing in e is contracted
// to a fused multiply-add either. These lift it for one operation and leave its operands as they are.
#pragma once

#include "Halide.h"

namespace fsd {

inline Halide::Expr strict_call(Halide::Type type, Halide::Internal::Call::IntrinsicOp operation,
                                const Halide::Expr &a, const Halide::Expr &b) {
    return Halide::Internal::Call::make(type, operation, {a, b}, Halide::Internal::Call::PureIntrinsic);
}

inline Halide::Expr strict_sum(const Halide::Expr &a, const Halide::Expr &b) {
    return strict_call(a.type(), Halide::Internal::Call::strict_add, a, b);
}

inline Halide::Expr strict_difference(const Halide::Expr &a, const Halide::Expr &b) {
    return strict_call(a.type(), Halide::Internal::Call::strict_sub, a, b);
}

inline Halide::Expr strict_product(const Halide::Expr &a, const Halide::Expr &b) {
    return strict_call(a.type(), Halide::Internal::Call::strict_mul, a, b);
}

inline Halide::Expr strict_quotient(const Halide::Expr &a, const Halide::Expr &b) {
    return strict_call(a.type(), Halide::Internal::Call::strict_div, a, b);
}

// False where an operand is NaN. There is no strict <=: Halide 21 emits !(b < a) for it, true for NaN.
inline Halide::Expr strict_less(const Halide::Expr &a, const Halide::Expr &b) {
    return strict_call(Halide::Bool(), Halide::Internal::Call::strict_lt, a, b);
}

inline Halide::Expr strict_equal(const Halide::Expr &a, const Halide::Expr &b) {
    return strict_call(Halide::Bool(), Halide::Internal::Call::strict_eq, a, b);
}

}  // namespace fsd
