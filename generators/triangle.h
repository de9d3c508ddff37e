// Symmetric matrices of which each pair of elements is computed once.
//
// Row r of the upper triangle and row n - 1 - r have n + 1 elements together. The triangle is computed as a
// rectangle of such pairs of rows, (n + 1) x ceil(n / 2), which has no empty vectors. Stated plainly, all
// elements are computed: place is the row, pair the column.
#pragma once

#include "generators/plain_formulas.h"

#include "Halide.h"

namespace fsd {

class Triangle {
public:
    Halide::Var place{"place"}, pair{"pair"};
    Halide::Func func{"triangle"};  // place, pair: the caller defines it with row() and column()

    // A matrix of so many rows.
    void set_extent(const Halide::Expr &extent) { extent_ = extent; }

    // The element that is computed at (place, pair): row <= column.
    Halide::Expr row() const {
        return PlainFormulas::are_wanted() ? Halide::Expr(place)
                                           : inside(Halide::select(is_first(), pair, extent_ - 1 - pair));
    }
    Halide::Expr column() const {
        return PlainFormulas::are_wanted() ? Halide::Expr(pair)
                                           : inside(Halide::select(is_first(), pair + place, place - 1));
    }

    // The element of the whole matrix.
    Halide::Expr at(const Halide::Expr &row, const Halide::Expr &column) const {
        if (PlainFormulas::are_wanted()) {
            return func(row, column);
        }
        const Halide::Expr low = Halide::min(row, column), high = Halide::max(row, column);
        const Halide::Expr pairs = (extent_ + 1) / 2;
        const Halide::Expr first = low < pairs;
        const Halide::Expr where = Halide::select(first, high - low, high + 1);
        const Halide::Expr which = Halide::select(first, low, extent_ - 1 - low);
        return func(Halide::unsafe_promise_clamped(where, 0, extent_),
                    Halide::unsafe_promise_clamped(which, 0, pairs - 1));
    }

private:
    Halide::Expr is_first() const { return place < extent_ - pair; }
    // Clamped for good: where a vector reaches beyond the rectangle, it must not read beyond the matrix.
    Halide::Expr inside(const Halide::Expr &index) const { return Halide::clamp(index, 0, extent_ - 1); }

    Halide::Expr extent_;
};

}  // namespace fsd
