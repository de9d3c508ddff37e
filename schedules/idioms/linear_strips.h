// The sums over all inputs, computed for a strip of samples and a block of outputs.
#pragma once

#include "generators/linear_evidence.h"
#include "schedules/idioms/few_samples.h"
#include "schedules/idioms/pack_panels.h"
#include "schedules/idioms/register_tile.h"
#include "schedules/idioms/row_pointers.h"

#include <algorithm>
#include <memory>

namespace fsd {

// Makes `value` the default of a parameter. Where it was a choice, the default so far is one in its place.
inline void prefer(std::vector<ScheduleParameter> &parameters, const std::string &name,
                   const std::string &value) {
    const auto has_name = [&](const ScheduleParameter &parameter) { return parameter.name == name; };
    ScheduleParameter &parameter = *std::find_if(parameters.begin(), parameters.end(), has_name);
    std::replace(parameter.choices.begin(), parameter.choices.end(), value, parameter.standard);
    parameter.standard = value;
}

// The numbers of the schedules of the linear layers.
struct LinearTiling {
    int samples_per_strip;  // a multiple of the register tiles' rows
    int outputs_per_block;  // those of a task
    RegisterTiling registers;
    RegisterTiling few_samples;  // for no more samples than its tile has rows
    bool packed_per_task;
    RegisterTile one_vector{1, 1};  // of outputs, the only one
    int terms_by_pointer = 1;       // 1: rows have no pointers of their own

    Halide::Expr are_few(const LinearEvidence &linear) const {
        return linear.samples <= few_samples.shapes.front().rows;
    }
    Halide::Expr have_pointers(const LinearEvidence &linear) const {
        return linear.filters.count() == 1 && !are_few(linear);
    }
};

// 96 samples of 1024 inputs are 384 KiB, which stay in a second-level cache of 1 MiB with the panels of two
// vectors of outputs. Both numbers are the grain of parallel work as well.
// few_samples: where packed filters are read (few outputs, groups, gradients), a single sample costs a
// register tile what as many as it has rows cost; with 16 rows, 512 inputs and 10 outputs take 1.8
// microseconds, with 4 they take 1.2, most of it for the packing of the filters.
//
// With 32 registers eight rows of one vector, not 16: on an Intel Xeon (Sapphire Rapids; one shared core,
// calls in turns) 50 samples of 512 inputs and 10 outputs take .82 of the time, of 100 inputs .75. Twelve
// rows are no better and slower with 1024 inputs, whose rows lie 4 KiB apart, in one set of a first-level
// cache of 12 lines each.
inline std::vector<ScheduleParameter> linear_parameters(const Halide::Target &target) {
    std::vector<ScheduleParameter> parameters = register_tile_parameters(target);
    if (vector_registers(target) == 32) {
        prefer(parameters, "narrow_tile", "1x8");
    }
    parameters.push_back({"samples_per_strip", "96", {"32", "48", "192"}});
    parameters.push_back({"outputs_per_block", "256", {"64", "128", "512"}});
    parameters.push_back({"few_samples", "1x4", {"1x1", "1x2", "1x8"}});
    parameters.push_back(packing_parameter());
    return parameters;
}

// The same for evidence, four terms per loop: samples x inputs x outputs of 1024 x 512 x 10 take, with the
// rows above, .80 of the time before (Sapphire Rapids), 64 x 512 x 10 .88, 1024 x 1024 x 10 .79, 4096 x 400 x
// 32 .90, 1024^3 .92 to 1.01. Gradients, whose sums have as few terms as a layer has outputs, are 3 to 8 %
// slower so.
inline std::vector<ScheduleParameter> evidence_parameters(const Halide::Target &target) {
    std::vector<ScheduleParameter> parameters = linear_parameters(target);
    if (vector_registers(target) == 32) {
        prefer(parameters, "unrolled_terms", "4");
    }
    return parameters;
}

// And those of a layer's result, where one vector of outputs is a case of its own if multiply-adds take
// broadcast operands from memory: rows with pointers (schedules/idioms/row_pointers.h), 16 terms per loop. On
// an Intel Xeon (Sapphire Rapids, calls in turns) 1024 x 512 x 10 take .86 of the time of eight rows and four
// terms with an index, .71 to .78 while another machine uses the core's second thread, 1024 x 1024 x 10 .93,
// 1024 x 100 x 10 .68, 64 x 512 x 10 .99; some of it because loops over vectors end with the outputs. Not
// worth it: eight rows (.92 at 1024 x 512 x 10), copies of the rows with a constant stride (1.05 to 1.15),
// and all of it in kld_linear_log_normalize, which takes 1.07 at 1024 x 512 x 10 and 1.2 at 64 x 512 x 10.
inline std::vector<ScheduleParameter> result_parameters(std::vector<ScheduleParameter> parameters,
                                                        const Halide::Target &target) {
    const bool broadcasts = vector_registers(target) == 32;
    parameters.push_back({"one_vector", "1x12", {"1x8", "1x10", "1x16"}});
    parameters.push_back({"terms_by_pointer", broadcasts ? "16" : "1", {broadcasts ? "1" : "16"}});
    return parameters;
}

// Those of hidden layers, whose outputs are some hundred: where 100 are seven vectors, tiles of all seven
// x 3 samples load 10 numbers for 21 multiply-adds, and 50 samples leave a rest of one. 224 outputs are whole
// tiles of seven and of two vectors.
inline std::vector<ScheduleParameter> layer_parameters(const Halide::Target &target) {
    std::vector<ScheduleParameter> parameters = linear_parameters(target);
    if (vector_registers(target) == 32) {
        parameters[0] = {"wide_tiles", "2x8+3x8+7x3", {"2x8+3x8", "2x12+3x8+7x3", "2x8+3x8+7x4"}};
    }
    prefer(parameters, "outputs_per_block", "224");
    return parameters;
}

inline LinearTiling linear_tiling(const ScheduleParameters &chosen) {
    return {chosen.number("samples_per_strip"),
            chosen.number("outputs_per_block"),
            register_tiling(chosen),
            {{register_tile(chosen.word("few_samples"))}},
            chosen.word("packing") == "per_task"};
}
inline LinearTiling result_tiling(const ScheduleParameters &chosen) {
    LinearTiling tiling = linear_tiling(chosen);
    tiling.one_vector = register_tile(chosen.word("one_vector"));
    tiling.terms_by_pointer = chosen.number("terms_by_pointer");
    return tiling;
}

// Packs four panels at a time from rows of all outputs. Panel after panel, one line would be read of each
// row: with 8 samples, 1024 inputs and 1024 outputs take 807 in place of 644 microseconds (Sapphire Rapids).
inline void pack_side_by_side(Panels &filters) {
    Halide::RVar four{"four"}, chunk = filters.chunk[2];
    filters.func.update(1)
        .specialize(filters.groups == 1)
        .specialize(filters.states >= FewSamples::streamed_outputs)
        .split(chunk, four, chunk, 4, Halide::TailStrategy::GuardWithIf)
        .reorder({filters.chunk[0], chunk, filters.chunk[1], four})
        .unroll(chunk);
}

// Where there is one vector of outputs, as many terms per loop as a cache line has numbers: with fewer, the
// loads of a row are too close to each other for the prefetcher of the first-level cache.
inline void unroll_terms(LinearEvidence &linear, const LinearTiling &tiling) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Stage sum = linear.sum.update();
    if (tiling.terms_by_pointer > 1) {
        sum.specialize(tiling.have_pointers(linear)).unroll(linear.term, tiling.terms_by_pointer, guard);
    }
    if (tiling.registers.unrolled_terms > 1) {
        sum.unroll(linear.term, tiling.registers.unrolled_terms, guard);
    }
}

// Computes the sums at `loop` of `consumer`, in the tasks `task`.
inline void sum_in_strips(LinearEvidence &linear, const LinearTiling &tiling, const Halide::Func &consumer,
                          const Halide::Var &loop, const Halide::LoopLevel &task) {
    Halide::Var tile{"tile"};
    const Halide::LoopLevel packing = tiling.packed_per_task ? task : Halide::LoopLevel::root();
    linear.sums.compute_at(consumer, loop);
    pack_panels(linear.filters, packing);
    if (linear.has_few) {
        pack_side_by_side(linear.filters);
        sum_few(linear.few);
        linear.sums.specialize(linear.few.are_few)
            .vectorize(linear.output, linear.lanes, Halide::TailStrategy::GuardWithIf);
    }
    in_register_tiles(linear.sums.specialize(tiling.are_few(linear)), linear.filters, linear.output,
                      linear.sample, tile, tiling.few_samples);
    if (tiling.terms_by_pointer > 1) {
        in_register_tiles(linear.sums.specialize(tiling.have_pointers(linear)), linear.filters, linear.output,
                          linear.sample, tile, {{tiling.one_vector}});
    }
    in_register_tiles(linear.sums, linear.filters, linear.output, linear.sample, tile, tiling.registers);
    sum_in_registers(linear.sum, linear.filters.lane, linear.filters.panel, linear.sample, {linear.term},
                     linear.sums, tile);
    unroll_terms(linear, tiling);
}

// Where the terms of one vector of outputs are unrolled, the `rows` that they are read from have pointers.
inline void read_by_pointers(Halide::Pipeline pipeline, const Halide::ImageParam &rows,
                             const LinearEvidence &linear, const LinearTiling &tiling) {
    if (tiling.terms_by_pointer > 1) {
        auto pass = std::make_unique<RowPointers>(rows, linear.sum, tiling.terms_by_pointer);
        pipeline.add_custom_lowering_pass(pass.release());
    }
}

// Schedules a linear operator's result, log_evidence(output, sample).
template<typename Result>
void linear_in_strips(Result &log_evidence, const Halide::Var &output, const Halide::Var &sample,
                      LinearEvidence &linear, const LinearTiling &tiling) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var strip{"strip"}, block{"block"}, task{"task"}, vector{"vector"}, lane{"lane"};
    const int lanes = linear.filters.lanes;
    // Fewer outputs than a block has are whole vectors, too, so that there are no loops over vectors without
    // any.
    const Halide::Expr vectors = min(linear.filters.count(), tiling.outputs_per_block / lanes);
    log_evidence.split(sample, strip, sample, tiling.samples_per_strip, guard)
        .split(output, block, output, vectors * lanes, guard)
        .split(output, vector, lane, lanes, guard)
        .reorder(lane, vector, sample, strip, block)
        .vectorize(lane)
        .fuse(strip, block, task)
        .never_partition(sample, task)
        .parallel(task);
    sum_in_strips(linear, tiling, log_evidence, task, Halide::LoopLevel(log_evidence, task));
}

// Writes the results of a few vectors vector by vector, not sample by sample: the mask of a vector that is
// not whole is made once. 1024 x 512 x 10 takes .94 of the time (Sapphire Rapids).
inline void write_vector_by_vector(Halide::Stage log_evidence, const LinearEvidence &linear) {
    log_evidence.specialize(linear.states <= 2 * linear.lanes)
        .reorder(Halide::Var("lane"), Halide::Var("sample"), Halide::Var("vector"));  // of linear_in_strips
}

}  // namespace fsd
