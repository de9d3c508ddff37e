// Rows of states on a GPU, a block of threads for a tile of rows: one launch, in which the memory gives each
// number once and takes each result once. Further passes over a row find it in the level-1 cache, which holds
// the rows of a multiprocessor's blocks up to 1,000 states (128 KiB of 192 on an A100); beyond, in the
// level-2 cache, and from some 4,000 states on in part in the memory again.
//
// No GPU was at hand: nothing is measured. Counted in the code that NVIDIA's assembler (CUDA 13, sm_80) makes
// of log_normalize: no register spills, 32-bit loads and stores of neighbors by neighbors, accesses of shared
// memory without bank conflicts but those of two rows' lanes. Of 8 bytes per number to and from the memory
// an A100 moves 10 per clock and multiprocessor (8 are 80 %), an H100 15 (12); the instructions allow, at 4
// per clock:
//
//     states   rows of a block   threads   registers   loads in flight per thread   bytes per clock
//          2               256       256          21                            2                11
//          4               256       256          29                            4                11
//         10               256       256          32                           16                16
//         16               128       256          56                            8                14
//         32               128       256          56                            8                18
//         64                64       256          40                           16                21
//       1000                16      1024          28                            4                19
//
// The last block of a tensor begins early enough to be full, and writes some rows a second time, with the
// same bits: its extents are constants, and so is its shared memory. Tensors of fewer rows than the largest
// block are taken in blocks of 16 rows, those of fewer than 16 row by row.
#pragma once

#include "generators/row_reduction.h"
#include "generators/schedule_parameters.h"
#include "schedules/idioms/read_instead.h"

#include <vector>

namespace fsd {

// Rows of a block, and threads that share the states of a long row.
struct RowBlocks {
    int rows_of_few_states = 256;
    int rows_to_32_states = 128;
    int rows_to_64_states = 64;
    int rows_of_many_states = 16;
    int threads_per_lane = 4;
};

// Sixteen lanes (RowReduction::lanes) of sixteen rows.
constexpr int threads_along_states = RowReduction::lanes;
constexpr int threads_along_rows = 16;

// OpenCL has a thread per row by default (gpu_rows.h): PoCL 3.1, on which its kernels are tested, takes up to
// 16 seconds to compile one of these, and gives wrong sums for long rows in blocks of their own, which are
// right in an emulation of CUDA.
inline std::vector<ScheduleParameter> row_block_parameters(const Halide::Target &target) {
    const bool cuda = target.has_feature(Halide::Target::CUDA);
    return {{"threads_per_row", cuda ? "16" : "1", {cuda ? "1" : "16"}},
            {"rows_of_few_states", "256", {"128", "512"}},
            {"rows_to_32_states", "128", {"64", "256"}},
            {"rows_to_64_states", "64", {"32", "128"}},
            {"rows_of_many_states", "16", {"32"}},
            {"threads_per_lane", "4", {"1", "2"}}};
}
inline bool shares_rows(const ScheduleParameters &chosen) {
    return chosen.number("threads_per_row") == threads_along_states;
}
inline bool shares_rows(const Halide::Target &target) {
    return target.has_feature(Halide::Target::CUDA);
}
inline RowBlocks row_blocks(const ScheduleParameters &chosen) {
    return {chosen.number("rows_of_few_states"), chosen.number("rows_to_32_states"),
            chosen.number("rows_to_64_states"), chosen.number("rows_of_many_states"),
            chosen.number("threads_per_lane")};
}

// A pipeline whose output(state, ..., site), or output(site), takes rows that are reduced.
class BlocksOfRows {
public:
    // `axes` are those of the inputs: the state, the group if there is one, the site. `reductions` are all of
    // the pipeline.
    BlocksOfRows(Halide::Func output, std::vector<Halide::Var> axes, std::vector<RowReduction *> reductions,
                 const RowBlocks &blocks = {})
        : output_(std::move(output)),
          axes_(std::move(axes)),
          row_(axes_.begin() + 1, axes_.end()),
          reductions_(std::move(reductions)),
          blocks_(blocks),
          states_(reductions_.front()->few.x.extent()) {}

    // Rows of few states are reduced by a thread each, which would read an input in strides. Their tile goes
    // through shared memory, with an odd number of places per row: no two of 32 threads meet in a bank.
    void stage(const Halide::Func &input) {
        Halide::Func tile{input.name() + "_tile"};
        tile(axes_) = Halide::Func(input)(axes_);
        const auto staged = [&](std::vector<Halide::Expr> place) -> Halide::Expr {
            place[0] = unsafe_promise_clamped(place[0], 0, RowReduction::few_states - 1);
            return tile(place);
        };
        for (const RowReduction *reduction : reductions_) {
            read_instead(reduction->few_total, input.name(),
                         [&](const auto &, const auto &place) { return staged(place); });
        }
        read_instead(output_, input.name(), [&](const auto &call, const auto &place) {
            return select(RowReduction::are_few(states_), staged(place), call);
        });
        in_block(tile).bound_storage(axes_.front(), RowReduction::few_states + 1);
        share_tile(tile.specialize(states_ == 2), site(), 2);
        share_tile(tile.specialize(states_ <= 4), site(), 4);
        share_tile(tile, site(), threads_along_states);
    }

    // A stage of one number per row between the reductions and the output.
    void compute(Halide::Func number) {
        Halide::Func reader{number.name() + "_of_few"};
        reader(row_) = number(row_);
        Halide::Func of_few = number.clone_in(reader);
        read_instead(output_, number.name(), [&](const auto &call, const auto &place) {
            return select(RowReduction::are_few(states_), reader(place), call);
        });
        read_few(of_few);
        read_many(number);
        for (Halide::Func func : {number, of_few}) {
            thread_per_row(in_block(func), {});
        }
    }

    // A stage of the formula that is inlined into what long rows need.
    void inlined_in_long_rows(const Halide::Func &func) { read_many(func); }

    // Schedules the reductions and the output; last, since code of its own is made of the formula as it is
    // now.
    void schedule() {
        for (RowReduction *reduction : reductions_) {
            reduce_few(*reduction);
            reduce_many(*reduction);
        }
        const Halide::Expr few = RowReduction::are_few(states_);
        const Halide::Expr sites = output_.output_buffer().dim(output_.dimensions() - 1).extent();
        Halide::Stage full = output_.specialize(sites >= most_rows());
        write(full.specialize(states_ == 2), blocks_.rows_of_few_states, 2);
        write(full.specialize(states_ <= 4), blocks_.rows_of_few_states, 4);
        write(full.specialize(few), blocks_.rows_of_few_states);
        write(full.specialize(states_ <= 32), blocks_.rows_to_32_states);
        write(full.specialize(states_ <= 64), blocks_.rows_to_64_states);
        write(full.specialize(states_ <= 256), blocks_.rows_of_many_states);
        write(full, blocks_.rows_of_many_states, threads_along_states, blocks_.threads_per_lane);
        Halide::Stage some = output_.specialize(sites >= threads_along_rows);
        write(some.specialize(few), threads_along_rows);
        write(some, threads_along_rows, threads_along_states, blocks_.threads_per_lane);
        write(output_.specialize(few), 1);
        write(output_, 1, threads_along_states, threads_along_rows);
    }

private:
    const Halide::Var &site() const { return axes_.back(); }

    int most_rows() const {
        return std::max({blocks_.rows_of_few_states, blocks_.rows_to_32_states, blocks_.rows_to_64_states,
                         blocks_.rows_of_many_states});
    }

    Halide::Func in_block(Halide::Func func) {
        return func.compute_at(output_, block_).store_in(Halide::MemoryType::GPUShared);
    }

    // Of a stage that is one of two, for few states and for more, reads what belongs to it: the other one is
    // not computed there, and takes no memory.
    void read_few(const Halide::Func &reader) {
        for (RowReduction *reduction : reductions_) {
            read_instead(reader, reduction->total.name(), [&](const auto &, const auto &row) -> Halide::Expr {
                return reduction->few_total(row);
            });
        }
    }
    void read_many(const Halide::Func &reader) {
        for (RowReduction *reduction : reductions_) {
            read_instead(
                reader, reduction->few_total.name(),
                [&](const auto &, const auto &row) -> Halide::Expr { return reduction->total(row); });
        }
    }

    // The rows `row` of a tile: 16 x 16 threads for `width` states of 256 / width rows at a time, so that
    // neighboring threads are at neighboring addresses where rows of `width` states lie one behind the
    // other. `depth` threads take turns with the states of a row.
    void share_tile(Halide::Stage stage, const Halide::Var &row, int width, int depth = 1,
                    const std::vector<Halide::VarOrRVar> &outer = {}, int rows_at_once = threads_along_rows) {
        const auto guard = Halide::TailStrategy::GuardWithIf;
        const int rows_per_lane = threads_along_states / width;
        Halide::Var chunk("chunk"), lane("lane"), turn("turn"), thread("row_thread"), low("low_row"),
            part("part");
        stage.split(row, turn, thread, rows_at_once * rows_per_lane, guard)
            .split(thread, thread, low, rows_per_lane)
            .split(axes_.front(), chunk, lane, width, guard)
            .split(chunk, chunk, part, depth, guard)
            .fuse(lane, low, lane)
            .fuse(thread, part, thread);
        std::vector<Halide::VarOrRVar> order{turn, chunk, lane, thread};
        order.insert(order.end(), outer.begin(), outer.end());
        stage.reorder(order).unroll(turn).gpu_threads(lane, thread).never_partition_all();
    }

    // A thread per row; `serial` is a loop around the threads.
    Halide::Var thread_per_row(Halide::Stage stage, const std::vector<Halide::VarOrRVar> &serial) {
        const Halide::Var low("low_row"), high("high_row");
        std::vector<Halide::VarOrRVar> order{low, high};
        order.insert(order.end(), serial.begin(), serial.end());
        stage.split(site(), high, low, threads_along_states, Halide::TailStrategy::GuardWithIf)
            .reorder(order)
            .gpu_threads(low, high)
            .never_partition_all();
        return low;
    }

    void write(Halide::Stage stage, int rows, int width = threads_along_states, int depth = 1) {
        const Halide::Var row("row");
        std::vector<Halide::VarOrRVar> blocks{block_};
        blocks.insert(blocks.end(), axes_.begin() + 1, axes_.end() - 1);
        stage.split(site(), block_, row, rows, Halide::TailStrategy::ShiftInwards);
        if (output_.dimensions() == static_cast<int>(axes_.size())) {
            share_tile(stage, row, width, depth, blocks, std::min(rows, threads_along_rows));
        } else {
            const Halide::Var low("low_row"), high("high_row");
            stage.split(row, high, low, threads_along_states, Halide::TailStrategy::GuardWithIf)
                .gpu_threads(low, high)
                .never_partition_all();
        }
        for (const Halide::VarOrRVar &block : blocks) {
            stage.gpu_blocks(block);
        }
    }

    void reduce_few(RowReduction &reduction) {
        Halide::Func kept = reduction.few_total.in();
        reduction.few_total.compute_at(kept, thread_per_row(in_block(kept), {}));
        read_few(reduction.few_total);
    }

    // A thread per lane and row, with the partial sums in shared memory, 17 places per row; then a thread per
    // row adds them.
    void reduce_many(RowReduction &reduction) {
        Halide::Func &total = reduction.total, &partial = reduction.partial;
        const Halide::RVar block = reduction.block_of_row;
        thread_per_row(in_block(total), {});
        reduction.block_total.compute_at(total, thread_per_row(total.update(), {block}));
        reduction.block_total.update().unroll(reduction.lane_of_row);

        partial.compute_at(total, block).store_in(Halide::MemoryType::GPUShared);
        partial.bound_storage(reduction.lane, RowReduction::lanes + 1);
        read_many(partial);
        thread_per_lane(partial, reduction.lane, {});
        thread_per_lane(partial.update(0), reduction.lane, {reduction.chunk});
        const Halide::RVar rest("rest"), lane("rest_lane");
        Halide::Stage last = partial.update(1);
        last.split(reduction.rest, rest, lane, RowReduction::lanes, Halide::TailStrategy::GuardWithIf);
        thread_per_lane(last, lane, {rest});
    }

    // The rows of a thread are unrolled within `inner`: their loads do not wait for each other.
    void thread_per_lane(Halide::Stage stage, const Halide::VarOrRVar &lane,
                         const std::vector<Halide::VarOrRVar> &inner) {
        const Halide::Var turn("turn"), row("row");
        std::vector<Halide::VarOrRVar> order{turn};
        order.insert(order.end(), inner.begin(), inner.end());
        order.insert(order.end(), {lane, row});
        stage.split(site(), turn, row, threads_along_rows, Halide::TailStrategy::GuardWithIf)
            .reorder(order)
            .unroll(turn)
            .gpu_threads(lane, row)
            .never_partition_all();
    }

    Halide::Func output_;
    std::vector<Halide::Var> axes_, row_;
    std::vector<RowReduction *> reductions_;
    RowBlocks blocks_;
    Halide::Expr states_;
    Halide::Var block_{"rows_block"};
};

}  // namespace fsd
