// Products of packed filters and observations on a GPU: each thread keeps a tile of sums in registers.
#pragma once

#include "generators/linear_evidence.h"
#include "generators/window_evidence.h"
#include "schedules/idioms/gpu_elements.h"
#include "schedules/idioms/register_tile.h"

namespace fsd {

// A panel of outputs x 4 rows per thread: 8 numbers loaded for 16 multiply-adds. 4 panels x 32 threads a
// block: a warp reads 16 neighboring filters and broadcasts the observations of 8 threads' rows.
struct GpuTile {
    int rows_per_thread = 4;
    int panels_per_block = 4;
    int row_threads_per_block = 32;
};

// Tells Halide that each element is written once by the update of an index, so that its loops may run in any
// order; allow_race_conditions() says as much for threads but not for reorder().
inline void writes_each_element_once(Halide::Func func, int update) {
    for (Halide::Internal::Dim &dim : func.function().update(update).schedule().dims()) {
        if (dim.dim_type == Halide::Internal::DimType::ImpureRVar) {
            dim.dim_type = Halide::Internal::DimType::PureRVar;
        }
    }
}

// Packs the filters, the outputs of a term side by side, so that neighboring threads read neighboring
// numbers. Three launches, or two where the states fill their panels: zeros behind the last output, whole
// panels, what is left.
inline void pack_panels_on_gpu(Panels &panels) {
    panels.func.compute_root().reorder_storage(panels.lane, panels.panel, panels.term);
    const Halide::Var block("term_block"), thread("term_thread");
    panels.func.update(0)
        .split(panels.term, block, thread, gpu_threads_per_block / panels.lanes,
               Halide::TailStrategy::GuardWithIf)
        .gpu_threads(panels.lane, thread)
        .gpu_blocks(block);
    // A block of 32 states x 8 places on the filter's first axis reads and writes whole sectors, whichever of
    // the two lies side by side in memory. The other axes are loops of a thread.
    const int axes = static_cast<int>(panels.extents.size());
    const auto pack = [&](Halide::Stage stage, const Halide::RDom &place, const Halide::Expr &any,
                          const Halide::RVar &none) {
        constexpr int chunks_per_block = 8, places_per_block = 8;
        const auto guard = Halide::TailStrategy::GuardWithIf;
        const Halide::RVar part = place[0], first = place[1], chunk = place[axes + 1],
                           group = place[axes + 2];
        const Halide::RVar block("place_block"), thread("place_thread"), chunk_block("chunk_block"),
            chunk_thread("chunk_thread");
        std::vector<Halide::VarOrRVar> order;
        for (int axis = 2; axis <= axes; axis++) {
            order.emplace_back(place[axis]);
        }
        order.insert(order.end(), {part, chunk_thread, thread, chunk_block, block, group});
        stage.specialize(any)
            .split(first, block, thread, places_per_block, guard)
            .split(chunk, chunk_block, chunk_thread, chunks_per_block, guard)
            .reorder(order)
            .gpu_threads(part, chunk_thread, thread)
            .gpu_blocks(chunk_block, block, group);
        // No device takes a launch of no blocks: where there is nothing to copy, this is a loop of launches
        // with no turns.
        order.clear();
        for (int axis = 0; axis <= axes + 2; axis++) {
            if (place[axis].name() != none.name() && axis != 1) {
                order.emplace_back(place[axis]);
            }
        }
        order.insert(order.end(), {thread, block, none});
        stage.split(first, block, thread, places_per_block, guard)
            .reorder(order)
            .gpu_threads(thread)
            .gpu_blocks(block);
    };
    writes_each_element_once(panels.func, 1);
    writes_each_element_once(panels.func, 2);
    pack(panels.func.update(1), panels.chunk, panels.states >= panels.lanes, panels.chunk[axes + 1]);
    pack(panels.func.update(2), panels.rest, panels.states % panels.lanes != 0, panels.rest[0]);
}

// Covers a stage's loops `output` and `row` with the tiles of threads; `others` are further loops. Returns
// the loop of a thread.
template<typename Axis, typename Row>
Axis tile_on_gpu(Halide::Stage stage, const Axis &output, const Row &row, int lanes,
                 const std::vector<Halide::VarOrRVar> &others, const GpuTile &tile) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Axis output_block("output_block"), panel("panel_thread"), lane("lane_of_thread");
    const Row row_block("row_block"), row_thread("row_thread"), one("row_of_thread");
    std::vector<Halide::VarOrRVar> order{lane, one, panel, row_thread, row_block, output_block};
    order.insert(order.end(), others.begin(), others.end());
    stage.split(output, output_block, panel, lanes * tile.panels_per_block, guard)
        .split(panel, panel, lane, lanes, guard)
        .split(row, row_block, row_thread, tile.rows_per_thread * tile.row_threads_per_block, guard)
        .split(row_thread, row_thread, one, tile.rows_per_thread, guard)
        .reorder(order)
        .never_partition_all()
        .gpu_threads(panel, row_thread)
        .gpu_blocks(row_block, output_block);
    for (const Halide::VarOrRVar &other : others) {
        stage.gpu_blocks(other);
    }
    return panel;
}

// Computes `sums` (output, row, ...), each a `sum` over `terms`, as a tile of a thread at `loop`.
inline void sum_in_thread(Halide::Func sums, Halide::Func sum, const Panels &panels,
                          const Halide::Var &output, const Halide::Var &row,
                          const std::vector<Halide::RVar> &terms, const Halide::LoopLevel &loop,
                          const GpuTile &shape) {
    Halide::Var tile{"tile"};
    sums.compute_at(loop)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(output, panels.lanes)
        .bound_storage(row, shape.rows_per_thread);
    in_register_tiles(sums, panels, output, row, tile, {{{1, shape.rows_per_thread}}});
    sum_in_registers(sum, panels.lane, panels.panel, row, terms, sums, tile);
}

// What the sums of a window read: the packed filters, the prior, and the map's rows with their padding.
inline void prepare_window_on_gpu(WindowEvidence &window) {
    pack_panels_on_gpu(window.filters);
    window.prior.compute_root();
    threads_along(window.prior.update(), window.outputs.x, {window.outputs.y});
    window.observed.compute_root();
    writes_each_element_once(window.observed, 0);
    // Where a site has channels for them, neighboring threads copy neighboring numbers. A device takes any
    // number of blocks along the samples, the innermost loop over blocks.
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::RVar chunk("copied_chunk"), lane("copied_lane"), block("copied_block"), row("copied_row");
    const Halide::RVar input = window.copied.x, x = window.copied.y;
    constexpr int side = 16, length = 64;
    window.observed.update()
        .specialize(window.inputs >= side / 2)
        .split(input, chunk, lane, side, guard)
        .split(x, block, row, side, guard)
        .reorder(chunk, lane, row, window.sample, block, window.y)
        .gpu_threads(lane, row)
        .gpu_blocks(window.sample, block, window.y);
    window.observed.update()
        .split(x, block, row, length, guard)
        .reorder(input, row, window.sample, block, window.y)
        .gpu_threads(row)
        .gpu_blocks(window.sample, block, window.y);
}

// Schedules a result whose update writes one site at a time: 16 threads for its states, 16 for its sites;
// `serial` is a loop of the thread.
inline void sites_on_gpu(const Halide::Func &result, const Halide::Var &state, const Places &places,
                         const std::vector<Halide::VarOrRVar> &serial = {}) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    constexpr int side = 16;
    const Halide::Var chunk("site_chunk"), thread("site_thread");
    const Halide::RVar block("site_block"), row("site_row");
    std::vector<Halide::VarOrRVar> order{chunk};
    order.insert(order.end(), serial.begin(), serial.end());
    order.insert(order.end(), {thread, row, places.domain.y, block});
    writes_each_element_once(result, 0);
    Halide::Func(result)
        .update()
        .split(state, chunk, thread, side, guard)
        .split(places.domain.x, block, row, side, guard)
        .reorder(order)
        .gpu_threads(thread, row)
        .gpu_blocks(places.domain.y, block);
}

}  // namespace fsd
