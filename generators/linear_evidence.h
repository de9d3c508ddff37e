// The stages of a sum over all inputs, sum p log q, that the linear layers and their fusions are made of.
#pragma once

#include "generators/evidence.h"
#include "generators/few_samples.h"
#include "generators/panels.h"

namespace fsd {

class LinearEvidence {
public:
    Halide::Var output{"output"}, sample{"sample"};
    using Filter = std::function<Halide::Expr(Halide::Expr state, Halide::Expr group, Halide::Expr input)>;

    // Set before define().
    FilterKind kind = FilterKind::log_likelihoods;
    Halide::Expr inputs, samples, states, groups;
    int lanes = 1;
    bool has_few = false;  // see sum_few_on()

    Halide::RDom term;          // over the inputs
    Panels filters;             // log q
    Halide::Func sum{"sum"};    // lane, panel, sample; plain: state, group, sample
    FewSamples few;             // the same for few samples and one group
    Halide::Func sums{"sums"};  // output, sample: the same for output = lane + lanes * panel

    // Before define(): few samples have sums of their own on CPUs. A row of filters is to have all outputs.
    void sum_few_on(const Halide::Target &target) {
        has_few = !target.has_gpu_feature();
        few.has_fma = target.has_feature(Halide::Target::FMA);
    }

    // probability: input, sample. Samples behind the last one, which a tile may ask for, repeat it.
    void define(const Halide::Func &probability, const Filter &log_likelihood) {
        term = Halide::RDom(0, inputs, "term");
        if (PlainFormulas::are_wanted()) {
            define_plainly(probability, log_likelihood);
            return;
        }
        filters.states = states;
        filters.groups = groups;
        filters.lanes = lanes;
        filters.extents = {inputs};
        filters.define([&](const Halide::Expr &state, const Halide::Expr &group, const Panels::Axes &at) {
            return factor(kind, log_likelihood(state, group, at[0]));
        });
        const Halide::Var lane = filters.lane, panel = filters.panel;
        sum(lane, panel, sample) = 0.f;
        sum(lane, panel, sample) +=
            filters.func(lane, term, panel) * probability(term, min(sample, samples - 1));
        const Halide::Expr packed = sum(output % lanes, output / lanes, sample);
        if (has_few) {
            define_few(probability, log_likelihood);
            sums(output, sample) = select(few.are_few, few.sums(output, sample), packed);
        } else {
            sums(output, sample) = packed;
        }
    }

    // The sum of a state; of_group is undefined where there is one group.
    Halide::Expr at(const Halide::Expr &of_state, const Halide::Expr &of_group,
                    const Halide::Expr &of_sample) const {
        if (!sums.defined()) {
            return sum(of_state, of_group.defined() ? of_group : Halide::Expr(0), of_sample);
        }
        return sums(of_group.defined() ? of_state + states * of_group : of_state, of_sample);
    }

private:
    void define_few(const Halide::Func &probability, const Filter &log_likelihood) {
        few.term = term;
        few.samples = samples;
        few.outputs = states;
        few.groups = groups;
        few.lanes = lanes;
        few.define(probability, [&](const Halide::Expr &to, const Halide::Expr &from) {
            return factor(kind, log_likelihood(to, 0, from));
        });
    }

    void define_plainly(const Halide::Func &probability, const Filter &log_likelihood) {
        const Halide::Var state("state"), group("group");
        sum(state, group, sample) = 0.f;
        sum(state, group, sample) +=
            factor(kind, log_likelihood(state, group, term)) * probability(term, sample);
    }
};

}  // namespace fsd
