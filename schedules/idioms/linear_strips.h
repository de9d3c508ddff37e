// The sums over all inputs, computed for a strip of samples and a block of outputs.
#pragma once

#include "generators/linear_evidence.h"
#include "schedules/idioms/pack_panels.h"
#include "schedules/idioms/register_tile.h"

namespace fsd {

// The numbers of the schedules of the linear layers.
struct LinearTiling {
    int samples_per_strip;  // a multiple of the register tiles' rows
    int outputs_per_block;  // those of a task
    RegisterTiling registers;
    RegisterTiling few_samples;  // for no more samples than its tile has rows
    bool packed_per_task;
};

// 96 samples of 1024 inputs are 384 KiB, which stay in a second-level cache of 1 MiB with the panels of two
// vectors of outputs. Both numbers are the grain of parallel work as well.
// few_samples: a single sample costs a register tile what as many as it has rows cost; with 16 rows, 512
// inputs and 10 outputs take 1.8 microseconds, with 4 they take 1.2, most of it for the packing of the
// filters.
inline std::vector<ScheduleParameter> linear_parameters(const Halide::Target &target) {
    std::vector<ScheduleParameter> parameters = register_tile_parameters(target);
    parameters.push_back({"samples_per_strip", "96", {"32", "48", "192"}});
    parameters.push_back({"outputs_per_block", "256", {"64", "128", "512"}});
    parameters.push_back({"few_samples", "1x4", {"1x1", "1x2", "1x8"}});
    parameters.push_back(packing_parameter());
    return parameters;
}

// The same for hidden layers, whose outputs are some hundred: where 100 are seven vectors, tiles of all seven
// x 3 samples load 10 numbers for 21 multiply-adds, and 50 samples leave a rest of one. 224 outputs are whole
// tiles of seven and of two vectors.
inline std::vector<ScheduleParameter> layer_parameters(const Halide::Target &target) {
    std::vector<ScheduleParameter> parameters = linear_parameters(target);
    if (vector_registers(target) == 32) {
        parameters[0] = {"wide_tiles", "2x8+3x8+7x3", {"2x8+3x8", "2x12+3x8+7x3", "2x8+3x8+7x4"}};
    }
    for (ScheduleParameter &parameter : parameters) {
        if (parameter.name == "outputs_per_block") {
            parameter.standard = "224";
        }
    }
    return parameters;
}

inline LinearTiling linear_tiling(const ScheduleParameters &chosen) {
    return {chosen.number("samples_per_strip"),
            chosen.number("outputs_per_block"),
            register_tiling(chosen),
            {{register_tile(chosen.word("few_samples"))}},
            chosen.word("packing") == "per_task"};
}

// Computes the sums at `loop` of `consumer`, in the tasks `task`.
inline void sum_in_strips(LinearEvidence &linear, const LinearTiling &tiling, const Halide::Func &consumer,
                          const Halide::Var &loop, const Halide::LoopLevel &task) {
    Halide::Var tile{"tile"};
    pack_panels(linear.filters, tiling.packed_per_task ? task : Halide::LoopLevel::root());
    linear.sums.compute_at(consumer, loop);
    const Halide::Expr are_few = linear.samples <= tiling.few_samples.shapes.front().rows;
    in_register_tiles(linear.sums.specialize(are_few), linear.filters, linear.output, linear.sample, tile,
                      tiling.few_samples);
    in_register_tiles(linear.sums, linear.filters, linear.output, linear.sample, tile, tiling.registers);
    sum_in_registers(linear.sum, linear.filters.lane, linear.filters.panel, linear.sample, {linear.term},
                     linear.sums, tile, tiling.registers.unrolled_terms);
}

// Schedules a linear operator's result, log_evidence(output, sample).
template<typename Result>
void linear_in_strips(Result &log_evidence, const Halide::Var &output, const Halide::Var &sample,
                      LinearEvidence &linear, const LinearTiling &tiling) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var strip{"strip"}, block{"block"}, task{"task"};
    log_evidence.split(sample, strip, sample, tiling.samples_per_strip, guard)
        .split(output, block, output, tiling.outputs_per_block, guard)
        .reorder(output, sample, strip, block)
        .vectorize(output, linear.filters.lanes, guard)
        .fuse(strip, block, task)
        .never_partition(sample, task)
        .parallel(task);
    sum_in_strips(linear, tiling, log_evidence, task, Halide::LoopLevel(log_evidence, task));
}

}  // namespace fsd
