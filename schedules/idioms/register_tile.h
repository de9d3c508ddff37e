// Sums that stay in registers: a tile of accumulators, vectors of lanes x broadcast rows.
#pragma once

#include "generators/panels.h"

#include <vector>

namespace fsd {

struct RegisterTile {
    int vectors;  // loaded, each used `rows` times
    int rows;     // broadcast, each used `vectors` times
};

inline int vector_registers(const Halide::Target &target) {
    return target.has_feature(Halide::Target::AVX512) ? 32 : 16;
}

// Two vectors, each broadcast number used twice: 16 (12) accumulators of 32 (16) registers, 10 (8) loads per
// 16 (12) multiply-adds. Eight and not twelve rows, so that maps of 8 x 8, 10 x 10 or 24 x 24 sites leave
// less of a rest.
inline RegisterTile wide_tile(const Halide::Target &target) {
    return {2, vector_registers(target) == 32 ? 8 : 6};
}

// One vector, where the number of vectors is odd: 17 (13) loads for 16 (12) multiply-adds.
inline RegisterTile narrow_tile(const Halide::Target &target) {
    return {1, vector_registers(target) == 32 ? 16 : 12};
}

// The tiles of the forward kernels, best first.
inline std::vector<RegisterTile> register_tiles(const Halide::Target &target) {
    if (vector_registers(target) == 32) {
        return {wide_tile(target), {3, 8}, narrow_tile(target)};
    }
    return {wide_tile(target), narrow_tile(target)};
}

// Covers `sums` (output, row, ...) with tiles of the first of `shapes` whose vectors divide the number of
// panels, else of the last one; a tile is computed at `tile`.
inline void in_register_tiles(Halide::Func sums, const Panels &panels, const Halide::Var &output,
                              const Halide::Var &row, const Halide::Var &tile,
                              const std::vector<RegisterTile> &shapes) {
    const auto round_up = Halide::TailStrategy::RoundUp;
    Halide::Var column{"column"}, vector{"vector"}, lane{"lane"}, one{"one"};
    const auto cover = [&](Halide::Stage stage, const RegisterTile &shape) {
        stage.split(output, column, vector, panels.lanes * shape.vectors, round_up)
            .split(vector, vector, lane, panels.lanes, round_up)
            .split(row, tile, one, shape.rows, round_up)
            .reorder(lane, vector, one, tile, column)
            .vectorize(lane)
            .unroll(vector)
            .unroll(one);
    };
    for (std::size_t i = 0; i + 1 < shapes.size(); i++) {
        cover(sums.specialize(panels.count() % shapes[i].vectors == 0), shapes[i]);
    }
    cover(sums, shapes.back());
}

// Keeps the sum over `terms` (innermost first) in registers at `loop` of `consumer`, whose tile has a
// constant size there.
inline void sum_in_registers(Halide::Func sum, const Halide::Var &lane, const Halide::Var &vector,
                             const Halide::Var &row, const std::vector<Halide::RVar> &terms,
                             const Halide::Func &consumer, const Halide::Var &loop) {
    sum.compute_at(consumer, loop)
        .store_in(Halide::MemoryType::Stack)
        .reorder(lane, vector, row)
        .vectorize(lane)
        .unroll(vector)
        .unroll(row);
    std::vector<Halide::VarOrRVar> order{lane, vector, row};
    order.insert(order.end(), terms.begin(), terms.end());
    sum.update().reorder(order).vectorize(lane).unroll(vector).unroll(row);
}

}  // namespace fsd
