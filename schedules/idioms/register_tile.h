// Sums that stay in registers: a tile of accumulators, vectors of lanes x broadcast rows.
#pragma once

#include "generators/panels.h"
#include "generators/schedule_parameters.h"

#include <sstream>
#include <string>
#include <vector>

namespace fsd {

struct RegisterTile {
    int vectors;  // loaded, each used `rows` times
    int rows;     // broadcast, each used `vectors` times
};

// Reads "2x12", two vectors x 12 rows, and "2x8+3x8", several tiles.
inline RegisterTile register_tile(const std::string &shape) {
    const std::size_t cross = shape.find('x');
    return {std::stoi(shape.substr(0, cross)), std::stoi(shape.substr(cross + 1))};
}
inline std::vector<RegisterTile> register_tiles(const std::string &shapes) {
    std::vector<RegisterTile> tiles;
    std::istringstream in(shapes);
    for (std::string shape; std::getline(in, shape, '+');) {
        tiles.push_back(register_tile(shape));
    }
    return tiles;
}

inline int vector_registers(const Halide::Target &target) {
    return instruction_set_of(target).vector_registers;
}

// The tiles of products with packed filters, as parameters of a schedule.
//
// wide_tiles: the first one whose vectors divide the number of panels is taken. Two vectors use each
// broadcast number twice: 16 (12) accumulators of 32 (16) registers, 10 (8) loads per 16 (12) multiply-adds.
// Eight and not twelve rows, so that maps of 8 x 8, 10 x 10 or 24 x 24 sites leave less of a rest.
// narrow_tile: one vector, where no other divides the panels: 17 (13) loads for 16 (12) multiply-adds.
// tiles_first: where the next tile lies, in the next rows, which keeps a panel in the cache, or in the next
// panels, which keeps what the rows read.
//
// unrolled_terms: of the sum, per loop; the loop costs two of the instructions that a tile's 16 multiply-adds
// stand beside.
inline std::vector<ScheduleParameter> register_tile_parameters(const Halide::Target &target) {
    if (vector_registers(target) == 32) {
        return {
            {"wide_tiles", "2x8+3x8", {"2x12+3x8", "2x14+3x9", "4x6+2x8+3x8", "4x6+2x12+3x8", "4x4+2x8+3x8"}},
            {"narrow_tile", "1x16", {"1x8", "1x12", "1x24"}},
            {"tiles_first", "rows", {"panels"}},
            {"unrolled_terms", "1", {"2", "4"}},
            vector_width(target)};
    }
    return {{"wide_tiles", "2x6", {"2x4", "3x4+2x6", "4x3+2x6"}},
            {"narrow_tile", "1x12", {"1x6", "1x8"}},
            {"tiles_first", "rows", {"panels"}},
            {"unrolled_terms", "1", {"2", "4"}},
            vector_width(target)};
}

struct RegisterTiling {
    std::vector<RegisterTile> shapes;
    int unrolled_terms = 1;
    bool panels_first = false;
};

inline RegisterTiling register_tiling(const ScheduleParameters &chosen) {
    RegisterTiling tiling{register_tiles(chosen.word("wide_tiles")), chosen.number("unrolled_terms"),
                          chosen.word("tiles_first") == "panels"};
    tiling.shapes.push_back(register_tile(chosen.word("narrow_tile")));
    return tiling;
}

// Covers `sums` (output, row, ...) with tiles of the first of the shapes whose vectors divide the number of
// panels, else of the last one, which has code of its own where `special` is given and holds; a tile is
// computed at `tile`.
inline void in_register_tiles(Halide::Stage sums, const Panels &panels, const Halide::Var &output,
                              const Halide::Var &row, const Halide::Var &tile, const RegisterTiling &tiling,
                              const Halide::Expr &special = Halide::Expr()) {
    const auto round_up = Halide::TailStrategy::RoundUp;
    Halide::Var outer{"outer"}, vector{"vector"}, lane{"lane"}, one{"one"};
    const Halide::Var &rows = tiling.panels_first ? outer : tile;
    const Halide::Var &columns = tiling.panels_first ? tile : outer;
    const auto cover = [&](Halide::Stage stage, const RegisterTile &shape) {
        stage.split(output, columns, vector, panels.lanes * shape.vectors, round_up)
            .split(vector, vector, lane, panels.lanes, round_up)
            .split(row, rows, one, shape.rows, round_up)
            .reorder(lane, vector, one, tile, outer)
            .vectorize(lane)
            .unroll(vector)
            .unroll(one);
    };
    const std::vector<RegisterTile> &shapes = tiling.shapes;
    for (std::size_t i = 0; i + 1 < shapes.size(); i++) {
        cover(sums.specialize(panels.count() % shapes[i].vectors == 0), shapes[i]);
    }
    if (special.defined()) {
        cover(sums.specialize(special), shapes.back());
    }
    cover(sums, shapes.back());
}

// Keeps the sum over `terms` (innermost first) in registers at `loop` of `consumer`, whose tile has a
// constant size there. The innermost loop of the sum does `unrolled_terms` at a time.
inline void sum_in_registers(Halide::Func sum, const Halide::Var &lane, const Halide::Var &vector,
                             const Halide::Var &row, const std::vector<Halide::RVar> &terms,
                             const Halide::Func &consumer, const Halide::Var &loop, int unrolled_terms = 1) {
    sum.compute_at(consumer, loop)
        .store_in(Halide::MemoryType::Stack)
        .reorder(lane, vector, row)
        .vectorize(lane)
        .unroll(vector)
        .unroll(row);
    std::vector<Halide::VarOrRVar> order{lane, vector, row};
    order.insert(order.end(), terms.begin(), terms.end());
    sum.update().reorder(order).vectorize(lane).unroll(vector).unroll(row);
    if (unrolled_terms > 1) {
        sum.update().unroll(terms.front(), unrolled_terms, Halide::TailStrategy::GuardWithIf);
    }
}

}  // namespace fsd
