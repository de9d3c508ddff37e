// A sum of very many terms: the roundings of one chain of additions grow with its length, so it is cut into
// blocks.
#pragma once

#include "Halide.h"

#include <functional>
#include <vector>

namespace fsd {

// Up to so many terms are added one after the other. More are added in blocks, each one chain, whose sums are
// added up in float64: the error is that of one block, whatever the number of terms (docs/numerics.md).
constexpr int most_terms_of_chain = 4096;
constexpr int terms_per_block = 1024;

class BlockedSum {
public:
    Halide::RDom term, blocks;            // of a block; of the sum: block of a row, row
    Halide::Func block_sum{"block_sum"};  // axes..., block, row
    Halide::Func total{"total"};          // axes..., in float64

    // The sum over `rows` rows of `run` terms; product(number, row) is one.
    void define(const std::vector<Halide::Var> &axes, const Halide::Expr &run, const Halide::Expr &rows,
                const std::function<Halide::Expr(Halide::Expr number, Halide::Expr row)> &product) {
        const Halide::Var block{"block"}, row{"row"};
        term = Halide::RDom(0, terms_per_block, "term_of_block");
        const Halide::Expr number = term + terms_per_block * block;
        term.where(number < run);
        std::vector<Halide::Var> of_block = axes;
        of_block.insert(of_block.end(), {block, row});
        block_sum(of_block) = 0.f;
        block_sum(of_block) += product(Halide::unsafe_promise_clamped(number, 0, run - 1), row);
        blocks = Halide::RDom(0, (run + terms_per_block - 1) / terms_per_block, 0, rows, "blocks");
        std::vector<Halide::Expr> one_block(axes.begin(), axes.end());
        one_block.insert(one_block.end(), {blocks.x, blocks.y});
        total(axes) = Halide::cast<double>(0.f);
        total(axes) += Halide::cast<double>(block_sum(one_block));
    }
};

}  // namespace fsd
