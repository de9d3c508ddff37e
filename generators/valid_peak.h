// The maximum of a row as an offset that marks rows without a distribution.
#pragma once

#include "generators/row_reduction.h"

namespace fsd {

// Tells NaN by its bits: where one row was reduced in scalars, strict_equal(value, value) was found to be
// true for NaN.
inline Halide::Expr has_nan_bits(const Halide::Expr &value) {
    const Halide::Expr without_sign = Halide::reinterpret<int32_t>(value) & 0x7fffffff;
    return without_sign > 0x7f800000;
}

// offset(row) = max of term(s), or NaN where the row contains NaN or +inf, or nothing but -inf. In these
// rows, and in no others, the difference of a term and the maximum is NaN somewhere.
class ValidPeak {
public:
    RowReduction peak{"peak"}, faults{"faults"};
    Halide::Func offset{"offset"};

    void define(const std::vector<Halide::Var> &row, const Halide::Expr &states,
                const RowReduction::Term &term) {
        peak.maximum(row, states, term);
        const std::vector<Halide::Expr> at(row.begin(), row.end());
        faults.sum(row, states, [&](const Halide::Expr &state) {
            const Halide::Expr difference = centered(term(state), peak(at));
            return select(has_nan_bits(difference), 1.f, 0.f);
        });
        const float nan = std::numeric_limits<float>::quiet_NaN();
        offset(at) = select(faults(at) > 0.f, nan, peak(at));
    }
};

}  // namespace fsd
