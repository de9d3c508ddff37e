// The sums of linear layers over any number of inputs: those of LinearEvidence for as many as layers have as
// a rule, and blocked ones for more.
#pragma once

#include "generators/blocked_sum.h"
#include "generators/linear_evidence.h"

namespace fsd {

class LongSums {
public:
    Halide::Expr are_short;          // the same for all sums of a call
    BlockedSum blocked;              // lane, panel, sample
    Halide::Func sums{"long_sums"};  // output, sample: the same for output = lane + lanes * panel

    // `linear` is defined; its filters serve both. Its own sums alone where no schedule of ours stands behind
    // them: on GPUs, and where the formula is stated plainly.
    Halide::Expr sum_of(const LinearEvidence &linear, const Halide::Func &probability,
                        const Halide::Target &target, const Halide::Expr &output,
                        const Halide::Expr &sample) {
        if (target.has_gpu_feature() || PlainFormulas::are_wanted()) {
            return linear.at(output, Halide::Expr(), sample);
        }
        define(linear, probability);
        return select(are_short, linear.sums(output, sample), sums(output, sample));
    }

private:
    void define(const LinearEvidence &linear, const Halide::Func &probability) {
        const Halide::Var lane = linear.filters.lane, panel = linear.filters.panel, sample = linear.sample;
        are_short = linear.inputs <= most_terms_of_chain;
        blocked.define({lane, panel, sample}, linear.inputs, 1,
                       [&](const Halide::Expr &input, const Halide::Expr &) {
                           return linear.filters.func(lane, input, panel) *
                                  probability(input, min(sample, linear.samples - 1));
                       });
        const Halide::Var output = linear.output;
        sums(output, sample) =
            Halide::cast<float>(blocked.total(output % linear.lanes, output / linear.lanes, sample));
    }
};

}  // namespace fsd
