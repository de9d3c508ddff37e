// CPU schedule of a compiled network.
//
// A block of layers (a linear part, a normalization or functions of single numbers, a pool without overlaps)
// is computed in strips of rows at the loops of whoever reads it, which is the copy that the next block
// observes. A strip is summed in register tiles, normalized in squares of 16 sites by 16 states, and pooled.
#include "compiler/cpu_schedule.h"

#include "compiler/integer_schedule.h"
#include "compiler/rows_schedule.h"
#include "compiler/tile_choice.h"
#include "schedules/idioms/blocked_sum.h"

namespace fsd::compiler {
namespace {

using Halide::Func;
using Halide::LoopLevel;
using Halide::RVar;
using Halide::Stage;
using Halide::Var;
using Halide::VarOrRVar;

// Halide puts a tensor of more than 16 KiB into the heap, unless it is called a register.
constexpr auto on_stack = Halide::MemoryType::Register;
constexpr auto guard = Halide::TailStrategy::GuardWithIf;
constexpr auto round_up = Halide::TailStrategy::RoundUp;

// More panels than these hide their latency themselves.
constexpr int most_panels_of_chain = 4;

// The stage that reads a block's result and its loops: over channels, sites of a row, rows; around them the
// samples. The network's result has no loops over sites.
struct Reader {
    Func func;
    Stage stage;
    std::vector<VarOrRVar> loops;  // channel, x, y; or channel only
    int height = 1;
    int channels = 1;

    LoopLevel at_sample() const { return {func, Var("sample")}; }
    // Where a vector of channels of a site is computed, or where that has no loop, a site.
    LoopLevel at_vector() const {
        return !chunk.empty()     ? LoopLevel(func, chunk[0])
               : loops.size() > 1 ? LoopLevel(func, loops[1])
                                  : at_sample();
    }
    std::vector<VarOrRVar> chunk = {};  // the loop over vectors, where there are only whole ones

    void vectorize() {
        const VarOrRVar channel = loops[0];
        if (channels % lanes_per_panel != 0) {
            vectorize_channels(stage, channel, channels);
            return;
        }
        chunk = {channel.is_rvar ? VarOrRVar(RVar("chunk")) : VarOrRVar(Var("chunk"))};
        const VarOrRVar lane = channel.is_rvar ? VarOrRVar(RVar("lane")) : VarOrRVar(Var("lane"));
        stage.split(channel, chunk[0], lane, lanes_per_panel).vectorize(lane);
        loops[0] = chunk[0];
    }
};

// Rows of numbers that follow each other; none behind them is read.
void vectorize_pixels(Func pixels, const Var &element, int elements) {
    if (elements >= lanes_per_panel) {
        pixels.vectorize(element, lanes_per_panel, Halide::TailStrategy::ShiftInwards);
    }
}

// Cuts the reader's rows into strips and gives the loop over them.
LoopLevel in_strips(Reader &reader, int rows) {
    if (rows == reader.height) {
        return reader.at_sample();
    }
    const VarOrRVar y = reader.loops[2];
    const VarOrRVar strip = y.is_rvar ? VarOrRVar(RVar("strip")) : VarOrRVar(Var("strip"));
    const VarOrRVar row = y.is_rvar ? VarOrRVar(RVar("row")) : VarOrRVar(Var("row"));
    reader.stage.split(y, strip, row, rows).reorder(reader.loops[0], reader.loops[1], row, strip);
    reader.loops[2] = row;
    return {reader.func, strip};
}

// Few instructions per term of a chain, so that what is behind it starts early. Only where products are fused
// with additions: LLVM adds up unrolled products that are not in another order than the kernels' loops.
void unroll_terms(WindowEvidence &window, int run) {
    for (int factor : {8, 4, 2}) {
        if (run % factor == 0) {
            window.sum.update().unroll(window.term.x, factor);
            return;
        }
    }
}

// A sum may be made of parts of panels.
int panels_of_sum(const EvidenceBlock &block) {
    return block.layer.panels() * lanes_per_panel / block.window.lanes;
}

TileLimits limits_of_sum(const EvidenceBlock &block, const Halide::Target &target) {
    TileLimits limits = tile_limits(target, block.window.lanes);
    if (block.integers && block.integers->are_of_pairs()) {
        limits.accumulators = most_accumulators_of_pairs(limits.registers);
    }
    return limits;
}

// Vectors of numbers that each site has for itself are read once, whatever the tile.
RegisterTile tile_of_own_numbers(int panels) {
    for (const int vectors : {4, 3, 2}) {
        if (panels % vectors == 0) {
            return {vectors, 1};
        }
    }
    return {1, 1};
}

// The tile for strips of `sites` sites.
RegisterTile tile_of_sum(const EvidenceBlock &block, int sites, const Halide::Target &target) {
    const int panels = panels_of_sum(block);
    if (block.kind == LinearPart::Weights::of_sites) {
        return tile_of_own_numbers(panels);
    }
    if (block.sees_whole_map() && block.layer.panels() <= most_panels_of_chain) {
        return {panels, 1};
    }
    const int square = block.normalization.has_rows() ? rows_per_square(sites) : 1;
    const int rounded = (sites + square - 1) / square * square;
    return best_register_tile(panels, rounded, block.output.width, limits_of_sum(block, target));
}

// Sums the evidence of strips of `sites` sites at `loop`.
void sum_evidence(EvidenceBlock &block, const LoopLevel &loop, int sites, const LoopLevel &sample,
                  const Halide::Target &target) {
    WindowEvidence &window = block.window;
    const Var tile("tile");
    window.evidence.compute_at(loop).store_in(on_stack);
    in_register_tiles(window.evidence, window.filters, window.output, window.site, tile,
                      {{tile_of_sum(block, sites, target)}});
    if (block.integers) {
        sum_integers(block, tile, sample);
        return;
    }
    if (block.blocked) {
        sum_blocks(*block.blocked, window.filters.lane, window.filters.panel, window.site, window.evidence,
                   tile);
        block.blocked->total.store_in(on_stack);
        block.blocked->block_sum.store_in(on_stack);
        return;
    }
    sum_in_registers(window.sum, window.filters.lane, window.filters.panel, window.site, block.terms(),
                     window.evidence, tile);
    window.sum.store_in(on_stack);
    if (block.sees_whole_map() && block.kind == LinearPart::Weights::shared &&
        target.has_feature(Halide::Target::FMA)) {
        unroll_terms(window, block.layer.inputs * block.layer.window_x);
    }
}

// Computes a pool's sums where its reader needs them.
void compute_pool(PoolStages &pool, const Reader &reader) {
    const LoopLevel place = reader.at_vector();
    for (Func func : pool.accumulated) {
        func.compute_at(place).store_in(on_stack);
        const int channels = reader.chunk.empty() ? reader.channels : lanes_per_panel;
        vectorize_channels(func, pool.channel, channels);
        vectorize_channels(func.update(), pool.channel, channels);
        func.update().reorder(pool.channel, pool.offset.x, pool.offset.y);
        if (pool.is_small()) {
            func.update().unroll(pool.offset.x).unroll(pool.offset.y);
        }
    }
    if (pool.renormalizes()) {
        reduce_rows(pool.total, pool.x, place, 1);
        pool.scale.compute_at(place).store_in(on_stack);
    }
}

class Scheduler {
public:
    Scheduler(NetworkStages &network, const Halide::Target &target) : network_(network), target_(target) {}

    void schedule() {
        Reader reader = reader_of_result();
        reader.vectorize();
        // Several results are made of the stages of one that is judged, which is the only one.
        sample_ = network_.judge ? LoopLevel::root() : reader.at_sample();
        for (auto section = network_.sections.rbegin(); section != network_.sections.rend(); ++section) {
            compute_section(*section, reader);
            if (section->block) {
                reader = observe(*section->block, std::next(section)->block != nullptr);
            } else if (section->rows) {
                reader = compute_map(section->rows->input);
            }
        }
        if (network_.judge) {
            for (Func few : network_.judge->small()) {
                few.compute_root().store_in(on_stack);
            }
        }
    }

private:
    // The sample loop of both is the outermost.
    Reader reader_of_result() const {
        if (network_.is_last) {
            return {network_.result, network_.result, {network_.number}, 1, network_.results};
        }
        const Var channel("channel"), x("x"), y("y");
        return {network_.result,
                network_.result,
                {channel, x, y},
                network_.leaving.height,
                network_.leaving.channels()};
    }

    // Computes the last pool at the sites of the reader, the pools before it for the whole map, and the block
    // in strips.
    void compute_section(NetworkStages::Section &section, Reader &reader) {
        PoolStages *fused = nullptr;
        for (auto pool = section.pools.rbegin(); pool != section.pools.rend(); ++pool) {
            if (fused || (&*pool == &section.pools.front() && is_judged_in_strips(section))) {
                reader = compute_map(pool->output);
            }
            compute_pool(*pool, reader);
            fused = &*pool;
        }
        if (section.rows) {
            normalize_map(*section.rows, reader, fused);
            if (section.evidence) {
                sum_of_rows(*section.evidence, sample_, section.rows->input.sites());
            }
        }
        if (!section.block) {
            return;
        }
        if (section.evidence) {
            judge_block(section, reader);
        } else if (!fused) {
            compute_block(*section.block, reader, 1, 1);
        } else if (fused->is_disjoint()) {
            compute_block(*section.block, reader, fused->window_y(), fused->stride_y());
        } else {
            reader = compute_map(section.block->output);
            compute_block(*section.block, reader, 1, 1);
        }
    }

    // Normalizes a whole map; a pool that reads its numbers more than once finds them stored.
    void normalize_map(RowsBlock &block, Reader &reader, const PoolStages *pool) {
        if (pool && !pool->is_disjoint()) {
            reader = compute_map(block.output);
        }
        normalize_rows(block.normalization, sample_, block.input.sites(), block.input.states);
    }

    // Computes a block at the strips of its reader, each of whose rows reads `window` rows, `stride` rows
    // behind those of the row before.
    void compute_block(EvidenceBlock &block, Reader &reader, int window, int stride) {
        const int width = block.output.width;
        const int rows = rows_per_strip(reader.height, stride * width);
        const int sites = ((rows - 1) * stride + window) * width;
        compute_sites(block, in_strips(reader, rows), sites);
    }

    void compute_sites(EvidenceBlock &block, const LoopLevel &loop, int sites) {
        normalize_rows(block.normalization, loop, sites, block.layer.states);
        sum_evidence(block, loop, sites, sample_, target_);
    }

    static int rows_of_strip(const NetworkStages::Section &section) {
        const LayerEvidence &evidence = *section.evidence;
        return rows_per_strip(evidence.runs, evidence.rows_per_run * section.block->output.width);
    }

    static bool is_judged_in_strips(const NetworkStages::Section &section) {
        return section.evidence && section.block && rows_of_strip(section) < section.evidence->runs;
    }

    // A block whose evidence is asked for: as a whole, or in strips of a map that is stored, in whose loops
    // the evidence of the strip's rows is summed.
    void judge_block(NetworkStages::Section &section, Reader &reader) {
        EvidenceBlock &block = *section.block;
        LayerEvidence &evidence = *section.evidence;
        if (!is_judged_in_strips(section)) {
            compute_sites(block, sample_, block.output.sites());
            sum_of_rows(evidence, sample_, block.output.sites());
            return;
        }
        if (section.pools.empty() || !section.pools.front().is_disjoint()) {
            reader = compute_map(block.output);
        }
        const int rows = rows_of_strip(section), sites = rows * evidence.rows_per_run * block.output.width;
        reader.func.bound(evidence.y, 0, evidence.runs);
        const LoopLevel loop = in_strips(reader, rows);
        compute_sites(block, loop, sites);
        sum_of_rows(evidence, loop, sites);
        const Var strip("strip"), row("row");
        evidence.of_run.bound(evidence.y, 0, evidence.runs)
            .split(evidence.y, strip, row, rows)
            .compute_with(reader.func, strip);
    }

    // Stores a map.
    Reader compute_map(const StageMap &map) {
        const Var channel("channel"), x("x"), y("y");
        Func values = map.values;
        values.compute_at(sample_).store_in(on_stack);
        Reader reader{values, values, {channel, x, y}, map.height, map.channels()};
        reader.vectorize();
        return reader;
    }

    // Stores what a block observes. Where the window is the whole map, a row is computed when it is summed:
    // the sums of a single site are one chain of dependent additions, which the next row's work hides. A
    // single row is not: there is no next one, and a chain of such layers would be as many loops within each
    // other, for which Halide takes a time that grows with the cube of their number.
    Reader observe(EvidenceBlock &block, bool computes) {
        WindowEvidence &window = block.window;
        window.observed.store_in(on_stack);
        if (!window.observed.has_update_definition()) {
            window.observed.compute_at(sample_);
            vectorize_pixels(window.observed, window.element, block.input_width() * block.layer.inputs);
            return {window.observed, window.observed, {window.element}};
        }
        const VarOrRVar y = window.is_padded() ? VarOrRVar(window.copied.z) : VarOrRVar(window.y);
        Reader reader{window.observed,
                      window.observed.update(),
                      {window.copied.x, window.copied.y, y},
                      block.input_height(),
                      block.layer.inputs};
        reader.stage.allow_race_conditions();
        reader.vectorize();
        if (computes && !block.integers && block.sees_whole_map() && block.input_height() > 1 &&
            block.layer.panels() <= most_panels_of_chain) {
            window.observed.compute_at(block.blocked
                                           ? LoopLevel(block.blocked->total, block.blocked->blocks.y)
                                           : LoopLevel(window.sum, window.term.y));
            reader.height = 1;
        } else {
            window.observed.compute_at(sample_);
        }
        return reader;
    }

    NetworkStages &network_;
    const Halide::Target &target_;
    LoopLevel sample_;
};

}  // namespace

void schedule_for_cpu(NetworkStages &network, const Halide::Target &target) {
    for (Halide::ImageParam view : {network.numbers.floats, network.numbers.integers}) {
        if (view.defined()) {
            view.set_host_alignment(lanes_per_panel * static_cast<int>(sizeof(float)));
        }
    }
    Scheduler(network, target).schedule();
}

}  // namespace fsd::compiler
