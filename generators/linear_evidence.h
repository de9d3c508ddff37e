// The stages of a sum over all inputs, sum p log q, that the linear layers and their fusions are made of.
#pragma once

#include "generators/evidence.h"
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

    Halide::RDom term;          // over the inputs
    Panels filters;             // log q
    Halide::Func sum{"sum"};    // lane, panel, sample
    Halide::Func sums{"sums"};  // output, sample: the same for output = lane + lanes * panel

    // probability: input, sample. Samples behind the last one, which a tile may ask for, repeat it.
    void define(const Halide::Func &probability, const Filter &log_likelihood) {
        filters.states = states;
        filters.groups = groups;
        filters.lanes = lanes;
        filters.extents = {inputs};
        filters.define([&](const Halide::Expr &state, const Halide::Expr &group, const Panels::Axes &at) {
            return factor(kind, log_likelihood(state, group, at[0]));
        });
        const Halide::Var lane = filters.lane, panel = filters.panel;
        term = Halide::RDom(0, inputs, "term");
        sum(lane, panel, sample) = 0.f;
        sum(lane, panel, sample) +=
            filters.func(lane, term, panel) * probability(term, min(sample, samples - 1));
        sums(output, sample) = sum(output % lanes, output / lanes, sample);
    }
};

}  // namespace fsd
