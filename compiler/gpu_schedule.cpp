// GPU schedule of a compiled network: four launches per block of layers.
//
// What a block observes is written by a thread per number, which pools and normalizes on its way what the
// block before has summed. The evidence is summed in tiles, a thread per panel of outputs and four rows. Then
// a thread per row finds its peak, and another one its mass. All of it lies in the device's memory for one
// turn of samples.
#include "compiler/gpu_schedule.h"

#include "compiler/gpu_threads.h"
#include "schedules/idioms/gpu_tiles.h"

#include <algorithm>

namespace fsd::compiler {
namespace {

using Halide::Func;
using Halide::LoopLevel;
using Halide::Var;

constexpr std::size_t most_bytes_of_turn = std::size_t(1) << 28;
constexpr int most_samples_of_turn = 4096;
constexpr auto guard = Halide::TailStrategy::GuardWithIf;

// Loops of threads over a stage, in blocks along `x`, `y` and the `others`; with two others, the blocks along
// `x` are a loop of the thread, since there may be three kinds. Returns the innermost loop: what is computed
// there is a thread's own.
Var in_threads(Func stage, const Var &x, const Var &y, const std::vector<Var> &others,
               const ThreadBlock &block) {
    const Var block_x("block_x"), thread_x("thread_x"), block_y("block_y"), thread_y("thread_y");
    const bool is_loop = others.size() == 2;
    std::vector<Halide::VarOrRVar> order{thread_x, thread_y, block_y};
    order.insert(order.begin() + (is_loop ? 0 : 2), block_x);
    order.insert(order.end(), others.begin(), others.end());
    stage.split(x, block_x, thread_x, block.x, guard)
        .split(y, block_y, thread_y, block.y, guard)
        .reorder(order)
        .never_partition_all()
        .gpu_threads(thread_x, thread_y)
        .gpu_blocks(block_y);
    if (!is_loop) {
        stage.gpu_blocks(block_x);
    }
    for (const Var &other : others) {
        stage.gpu_blocks(other);
    }
    return is_loop ? block_x : thread_x;
}

// The number of each row is the thread's at `loop`, and the 16 partial results stay in its registers.
void reduce_in_thread(RowReduction &reduction, const LoopLevel &loop) {
    reduction.total.compute_at(loop);
    reduction.block_total.compute_at(reduction.total, reduction.block_of_row);
    reduction.partial.compute_at(reduction.total, reduction.block_of_row);
    reduction.partial.unroll(reduction.lane);
    reduction.partial.update(0).reorder(reduction.lane, reduction.chunk).unroll(reduction.lane);
    reduction.partial.update(1).unroll(reduction.rest);
    reduction.block_total.update().unroll(reduction.lane_of_row);
    reduction.few_total.compute_at(loop);
}

class Scheduler {
public:
    explicit Scheduler(NetworkStages &network) : network_(network) {}

    std::size_t schedule() {
        const Var turn("turn"), one("one_of_turn");
        const std::size_t bytes = bytes_of_sample();
        const auto samples =
            static_cast<int>(std::clamp<std::size_t>(most_bytes_of_turn / bytes, 1, most_samples_of_turn));
        const Halide::Expr batch = network_.image.dim(3).extent();
        network_.result.split(network_.sample, turn, one, min(samples, batch), guard);
        turn_ = LoopLevel(network_.result, turn);
        LoopLevel reader(network_.result, in_threads(network_.result, network_.number, one, {},
                                                     thread_block(network_.results, samples)));
        for (auto section = network_.sections.rbegin(); section != network_.sections.rend(); ++section) {
            compute_section(*section, reader);
            if (section->block) {
                compute_evidence(*section->block);
                reader = observe(*section->block);
            } else if (section->rows) {
                reader = store_map(section->rows->input);
            }
        }
        return bytes;
    }

private:
    // The last pool is computed by the threads of the reader, the pools before it are maps, and so is the
    // posterior where a pool reads its numbers more than once.
    void compute_section(NetworkStages::Section &section, LoopLevel reader) {
        PoolStages *last = nullptr;
        for (auto pool = section.pools.rbegin(); pool != section.pools.rend(); ++pool) {
            if (last) {
                reader = store_map(pool->output);
            }
            last = &*pool;
            compute_pool(*pool, reader);
        }
        const bool is_shared = last != nullptr && !last->is_disjoint();
        if (section.block) {
            compute_output(section.block->normalization, section.block->output, is_shared);
        } else if (section.rows) {
            compute_output(section.rows->normalization, section.rows->output, is_shared);
        }
    }

    static void gather(const PoolStages &pool, Func func) {
        func.update().reorder(pool.channel, pool.offset.x, pool.offset.y);
        if (pool.is_small()) {
            func.update().unroll(pool.offset.x).unroll(pool.offset.y);
        }
    }

    LoopLevel store_map(const StageMap &map) {
        Func values = map.values;
        values.compute_at(turn_);
        const std::vector<Var> axes = values.args();
        return {values, in_threads(values, axes[0], axes[1], {axes[2], axes[3]},
                                   thread_block(map.channels(), map.width))};
    }

    void compute_pool(PoolStages &pool, const LoopLevel &reader) {
        if (!pool.renormalizes()) {
            for (Func func : pool.accumulated) {
                func.compute_at(reader);
                gather(pool, func);
            }
            return;
        }
        // All states of a site are read by the thread that adds them up.
        for (Func func : pool.accumulated) {
            Func stored = func.in();
            stored.compute_at(turn_);
            const Var thread = in_threads(stored, pool.channel, pool.x, {pool.y, pool.sample},
                                          thread_block(pool.output.channels(), pool.output.width));
            func.compute_at(stored, thread);
            gather(pool, func);
        }
        const std::vector<Var> axes = pool.scale.args();
        pool.scale.compute_at(turn_);
        const Var thread = in_threads(pool.scale, axes[0], axes[1], {axes[2], axes[3]},
                                      thread_block(pool.output.groups, pool.output.width));
        reduce_in_thread(pool.total, LoopLevel(pool.scale, thread));
    }

    // A number per row (group, site, sample) in the device's memory.
    LoopLevel store_rows(Func number, int sites) {
        number.compute_at(turn_);
        const std::vector<Var> axes = number.args();
        // The samples of a block of layers with one site are its rows.
        const bool along_samples = sites == 1;
        const Var thread = in_threads(number, along_samples ? axes[2] : axes[1], axes[0],
                                      {along_samples ? axes[1] : axes[2]},
                                      {thread_block(along_samples ? fewest_samples : sites, 1).x, 1});
        return {number, thread};
    }

    // What several read is stored.
    void compute_output(Normalization &rows, const StageMap &output, bool is_shared) {
        if (is_shared) {
            store_map(output);
        }
        const int sites = output.sites();
        if (rows.bayes.result.defined()) {
            Func peak = rows.bayes.peak.total.in();
            reduce_in_thread(rows.bayes.peak, store_rows(peak, sites));
            reduce_in_thread(rows.bayes.mass, store_rows(rows.bayes.scale, sites));
        }
        if (rows.hard.offset.defined()) {
            const LoopLevel thread = store_rows(rows.hard.offset, sites);
            reduce_in_thread(rows.hard.peak, thread);
            reduce_in_thread(rows.hard.faults, thread);
        }
    }

    void compute_evidence(EvidenceBlock &block) {
        WindowEvidence &window = block.window;
        const int sites = block.output.sites();
        const bool along_samples = sites == 1;
        const Var row = along_samples ? window.sample : window.site;
        const Var other = along_samples ? window.site : window.sample;
        const int panels = (block.layer.outputs() + gpu_lanes - 1) / gpu_lanes;
        const GpuTile tile = gpu_tile(panels, along_samples ? fewest_samples : sites);
        Func stored = window.evidence.in();
        stored.compute_at(turn_).bound(window.output, 0, block.layer.outputs());
        const Var thread = tile_on_gpu(stored, window.output, row, gpu_lanes, {other}, tile);
        sum_in_thread(window.evidence, window.sum, window.filters, window.output, row, block.terms(),
                      LoopLevel(stored, thread), tile);
    }

    LoopLevel observe(EvidenceBlock &block) {
        WindowEvidence &window = block.window;
        window.observed.compute_at(turn_);
        const ThreadBlock threads =
            thread_block(block.input_width() * block.layer.inputs, block.input_height());
        return {window.observed,
                in_threads(window.observed, window.element, window.y, {window.sample}, threads)};
    }

    // A map and two numbers per row of it.
    static std::size_t numbers_of_rows(const StageMap &map) {
        return static_cast<std::size_t>(map.sites()) *
               static_cast<std::size_t>(map.channels() + 2 * map.groups);
    }

    // Of what is in the device's memory for a turn.
    std::size_t bytes_of_sample() const {
        std::size_t numbers = 0;
        for (const NetworkStages::Section &section : network_.sections) {
            if (section.block) {
                const EvidenceBlock &block = *section.block;
                numbers += numbers_of_rows(block.output);
                numbers +=
                    static_cast<std::size_t>(block.input_width()) * block.input_height() * block.layer.inputs;
            }
            if (section.rows) {
                numbers += numbers_of_rows(section.rows->output);
            }
            for (const PoolStages &pool : section.pools) {
                numbers += static_cast<std::size_t>(pool.output.sites()) * pool.output.channels();
            }
        }
        return numbers * sizeof(float);
    }

    // What a turn is taken to have where its samples are the rows of a layer.
    static constexpr int fewest_samples = 64;

    NetworkStages &network_;
    LoopLevel turn_;
};

}  // namespace

std::size_t schedule_for_gpu(NetworkStages &network) {
    return Scheduler(network).schedule();
}

}  // namespace fsd::compiler
