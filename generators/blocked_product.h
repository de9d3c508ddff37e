// Matrix products of float64 in blocks: result(row, column) = sum over terms of left(row, term) right(column,
// term).
//
// A block is as wide as `vectors` vectors and as high; its sums stay in registers, `rows` rows at a time,
// over `part` terms, and the parts are added in order, so that the result does not depend on the threads. Of
// a symmetric result (left = right) only the blocks of the upper triangle are computed, folded: of an even
// number of blocks n row r and row n - 1 - r are one row of n + 1 blocks (as in triangle.h), of an odd number
// row 0 and each row r with row n - r are rows of n, so that none is computed in vain.
#pragma once

#include "generators/plain_formulas.h"

#include "Halide.h"

#include <functional>

namespace fsd {

class BlockedProduct {
public:
    static constexpr int vectors = 3, part = 128;
    int lanes = 2, rows = 3;  // of the register tile; rows divides lanes * vectors

    Halide::Var lane{"lane"}, vector{"vector"}, row{"row"}, tile{"tile"};
    Halide::Var column_block{"column_block"}, row_block{"row_block"};
    Halide::Var place{"place"}, block{"block"}, term{"term"}, chunk{"chunk"};
    Halide::Func left{"left"}, right{"right"};  // place, block, term, chunk
    Halide::Func partial{"partial"};            // lane, vector, row, tile, column_block, row_block, chunk
    Halide::Func total{"total"};                // the same without chunk; plain: row, column
    Halide::RDom terms, chunks;

    // The number at a place of the packed matrix: 0 beyond its extents and beyond the terms.
    using Factor = std::function<Halide::Expr(const Halide::Expr &place, const Halide::Expr &term)>;

    // For a vector of so many numbers: 3 vectors x 8 rows fill 24 of 32 registers, 3 x 4 and 3 x 3 12 and 9
    // of 16.
    void set_lanes(int natural) {
        lanes = natural;
        rows = natural >= 8 ? 8 : natural >= 4 ? 4 : 3;
    }
    int block_extent() const { return lanes * vectors; }

    void define(const Factor &left_factor, const Factor &right_factor, const Halide::Expr &term_count) {
        if (PlainFormulas::are_wanted()) {
            define_plainly(left_factor, right_factor, term_count);
            return;
        }
        pack(left, left_factor);
        pack(right, right_factor);
        define_sums(left, right, row_block, column_block, term_count);
    }

    void define_symmetric(const Factor &factor, const Halide::Expr &extent, const Halide::Expr &term_count) {
        if (PlainFormulas::are_wanted()) {
            define_plainly(factor, factor, term_count);
            return;
        }
        blocks_ = (extent + block_extent() - 1) / block_extent();
        pack(left, factor);
        const Halide::Expr first = column_block < blocks_ - row_block, even = 1 - blocks_ % 2;
        const Halide::Expr i = Halide::select(first, row_block, blocks_ - even - row_block);
        const Halide::Expr j = Halide::select(first, row_block + column_block, column_block - even);
        define_sums(left, left, inside(i), inside(j), term_count);
    }

    // The element of the result, wherever it stands.
    Halide::Expr at(const Halide::Expr &i, const Halide::Expr &j) const {
        if (total.dimensions() == 2) {
            return total(i, j);
        }
        return element(i, j, i / block_extent(), j / block_extent());
    }
    Halide::Expr at_symmetric(const Halide::Expr &i, const Halide::Expr &j) const {
        if (total.dimensions() == 2) {
            return total(i, j);
        }
        const Halide::Expr low = Halide::min(i, j), high = Halide::max(i, j);
        const Halide::Expr u = low / block_extent(), v = high / block_extent(), pairs = (blocks_ + 1) / 2;
        const Halide::Expr first = u < pairs, even = 1 - blocks_ % 2;
        const Halide::Expr r =
            Halide::unsafe_promise_clamped(Halide::select(first, u, blocks_ - even - u), 0, pairs - 1);
        const Halide::Expr c =
            Halide::unsafe_promise_clamped(Halide::select(first, v - u, v + even), 0, blocks_ - 1 + even);
        return element(low, high, r, c);
    }

private:
    void define_plainly(const Factor &left_factor, const Factor &right_factor,
                        const Halide::Expr &term_count) {
        const Halide::Var column("column");
        left(row, term) = left_factor(row, term);
        right(column, term) = right_factor(column, term);
        terms = Halide::RDom(0, term_count, "terms");
        total(row, column) = Halide::Expr(0.);
        total(row, column) += left(row, terms) * right(column, terms);
    }

    void pack(Halide::Func &packed, const Factor &factor) {
        packed(place, block, term, chunk) = factor(block * block_extent() + place, chunk * part + term);
    }
    Halide::Expr inside(const Halide::Expr &index) const {
        return Halide::unsafe_promise_clamped(index, 0, blocks_ - 1);
    }

    void define_sums(const Halide::Func &a, const Halide::Func &b, const Halide::Expr &i,
                     const Halide::Expr &j, const Halide::Expr &term_count) {
        terms = Halide::RDom(0, part, "terms");
        chunks = Halide::RDom(0, (term_count + part - 1) / part, "chunks");
        const Halide::Expr zero{0.};
        partial(lane, vector, row, tile, column_block, row_block, chunk) = zero;
        partial(lane, vector, row, tile, column_block, row_block, chunk) +=
            a(tile * rows + row, i, terms, chunk) * b(vector * lanes + lane, j, terms, chunk);
        total(lane, vector, row, tile, column_block, row_block) = zero;
        total(lane, vector, row, tile, column_block, row_block) +=
            partial(lane, vector, row, tile, column_block, row_block, chunks);
    }

    Halide::Expr element(const Halide::Expr &i, const Halide::Expr &j, const Halide::Expr &r,
                         const Halide::Expr &c) const {
        const Halide::Expr down = i % block_extent(), across = j % block_extent();
        return total(across % lanes, across / lanes, down % rows, down / rows, c, r);
    }

    Halide::Expr blocks_;
};

}  // namespace fsd
