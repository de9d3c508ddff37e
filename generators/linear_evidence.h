// The stages of a sum over all inputs, sum p log q, that the KLD linear layer and its fusion are made of.
#pragma once

#include "generators/evidence.h"
#include "generators/panels.h"

namespace fsd {

class LinearEvidence {
public:
    Halide::Var input{"input"}, output{"output"}, sample{"sample"};
    Halide::RDom term;          // over the inputs
    Panels filters;             // lane, input, panel: log q; lanes, states and groups are set before define()
    Halide::Func sum{"sum"};    // lane, panel, sample
    Halide::Func sums{"sums"};  // output, sample: the same for output = lane + lanes * panel
    Halide::Expr inputs, samples;

    // probability: input, sample. log_likelihood(state, group) is log q at `input`. Samples behind the last
    // one, which a tile may ask for, repeat it.
    void define(const Halide::Func &probability, const Halide::Expr &number_of_inputs,
                const Halide::Expr &batch,
                const std::function<Halide::Expr(Halide::Expr, Halide::Expr)> &log_likelihood) {
        inputs = number_of_inputs;
        samples = batch;
        filters.terms = {input};
        filters.define([&](const Halide::Expr &state, const Halide::Expr &group) {
            return finite_logarithm(log_likelihood(state, group));
        });
        const Halide::Var lane = filters.lane, panel = filters.panel;
        term = Halide::RDom(0, inputs, "term");
        sum(lane, panel, sample) = 0.f;
        sum(lane, panel, sample) +=
            filters.func(lane, term, panel) * probability(term, min(sample, samples - 1));
        sums(output, sample) = sum(output % filters.lanes, output / filters.lanes, sample);
    }
};

}  // namespace fsd
