// Sums and maxima over the states of a row, in an order that depends on nothing but the number of states.
#pragma once

#include "generators/log_space.h"
#include "generators/plain_formulas.h"

#include <functional>
#include <string>
#include <vector>

namespace fsd {

// Rows of few states are taken one state after the other. In longer ones state s belongs to lane s % lanes of
// chunk s / lanes; a lane takes at most chunks_per_block terms one after the other, then its block ends;
// first the lanes of a block are added, then the blocks. So a sum of S terms of one sign has passed through
// at most min(S / 16, 64) + 16 + S / 1024 roundings of half an epsilon each, where adding one after the other
// would make it S: roundings that all go one way, as they do for equal terms, would spoil the sum of 65,536
// states by thousands of epsilons.
class RowReduction {
public:
    static constexpr int lanes = 16;
    static constexpr int chunks_per_block = 64;

    // Stated plainly, all rows are taken so: the sum of S terms passes through S roundings.
    static constexpr int few_states = 10;

    using Term = std::function<Halide::Expr(const Halide::Expr &state)>;

    explicit RowReduction(const std::string &name)
        : partial(name + "_partial"),
          block_total(name + "_block_total"),
          total(name),
          few_total(name + "_of_few"),
          lane("lane"),
          block("block") {}

    static Halide::Expr are_few(const Halide::Expr &states) { return states <= few_states; }

    // The sum of term(s) for s in [0, states). The terms may depend on the Vars in `row`. Rows of few states
    // take other terms where they are given.
    void sum(const std::vector<Halide::Var> &row, const Halide::Expr &states, const Term &term,
             const Term &term_of_few = nullptr) {
        define(row, states, term, term_of_few ? term_of_few : term, 0.f, strict_sum,
               [](const Halide::Expr &a, const Halide::Expr &b) { return a + b; });
    }

    // The same with the maximum, which drops NaN or keeps it as it comes.
    void maximum(const std::vector<Halide::Var> &row, const Halide::Expr &states, const Term &term) {
        const auto larger = [](const Halide::Expr &a, const Halide::Expr &b) { return max(a, b); };
        define(row, states, term, term, -infinity, larger, larger);
    }

    // The result at `row`.
    Halide::Expr operator()(const std::vector<Halide::Expr> &row) const {
        if (!total.defined()) {
            return few_total(row);
        }
        if (Halide::Internal::is_const(states_)) {
            return has_few() ? few_total(row) : total(row);
        }
        return select(are_few(states_), few_total(row), total(row));
    }
    template<typename... Row>
    Halide::Expr operator()(const Halide::Var &first, const Row &...others) const {
        return (*this)(std::vector<Halide::Expr>{first, others...});
    }

    // The result at `row`, for the stages of a tile, in which rows of few states are taken as others are.
    Halide::Expr of_any(const std::vector<Halide::Expr> &row) const {
        return total.defined() ? total(row) : few_total(row);
    }

    // For a constant number of states.
    bool has_few() const { return can_prove(are_few(states_)); }

    Halide::Func partial;      // lane, block, row...
    Halide::Func block_total;  // block, row...
    Halide::Func total;        // row...
    Halide::Func few_total;    // row...: of few states
    Halide::RDom chunk;        // of partial's first update: chunks with a state in every lane
    Halide::RDom rest;  // of partial's second update: the lanes of the last chunk, where it is not full
    Halide::RDom lane_of_row, block_of_row, few;
    Halide::Var lane, block;

private:
    template<typename InLane, typename AcrossLanes>
    void define(const std::vector<Halide::Var> &row, const Halide::Expr &states, const Term &term,
                const Term &term_of_few, float start, InLane in_lane, AcrossLanes across_lanes) {
        states_ = states;
        if (!PlainFormulas::are_wanted()) {
            define_lanes(row, states, term, start, in_lane, across_lanes);
        }
        const std::vector<Halide::Expr> at(row.begin(), row.end());
        few = Halide::RDom(0, states, "few");
        few_total(at) = start;
        few_total(at) = in_lane(few_total(at), term_of_few(few));
    }

    template<typename InLane, typename AcrossLanes>
    void define_lanes(const std::vector<Halide::Var> &row, const Halide::Expr &states, const Term &term,
                      float start, InLane in_lane, AcrossLanes across_lanes) {
        const Halide::Expr full_chunks = states / lanes;
        const Halide::Expr last_block = (states - 1) / (lanes * chunks_per_block);
        chunk = Halide::RDom(0, min(full_chunks, chunks_per_block), "chunk");
        chunk.where(block * chunks_per_block + chunk < full_chunks);
        rest = Halide::RDom(0, states % lanes, "rest");
        rest.where(block == last_block);
        lane_of_row = Halide::RDom(0, lanes, "lane_of_row");
        block_of_row = Halide::RDom(0, last_block + 1, "block_of_row");

        const std::vector<Halide::Expr> at(row.begin(), row.end());
        const auto before = [](std::vector<Halide::Expr> first, const std::vector<Halide::Expr> &others) {
            first.insert(first.end(), others.begin(), others.end());
            return first;
        };
        const auto partial_at = [&](const Halide::Expr &lane, const Halide::Expr &block) {
            return partial(before({lane, block}, at));
        };
        const Halide::Expr in_chunk = (block * chunks_per_block + chunk) * lanes + lane;
        partial_at(lane, block) = start;
        partial_at(lane, block) =
            in_lane(partial_at(lane, block), term(unsafe_promise_clamped(in_chunk, 0, states - 1)));
        partial_at(rest, block) = in_lane(partial_at(rest, block), term(full_chunks * lanes + rest));
        block_total(before({block}, at)) = start;
        block_total(before({block}, at)) =
            across_lanes(block_total(before({block}, at)), partial_at(lane_of_row, block));
        total(at) = start;
        total(at) = in_lane(total(at), block_total(before({block_of_row}, at)));
    }

    Halide::Expr states_;
};

}  // namespace fsd
