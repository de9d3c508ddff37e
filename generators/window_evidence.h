// The stages of the evidence of windows, log pi + n sum p log q, that the KLD convolution and its fusions are
// made of.
#pragma once

#include "generators/evidence.h"
#include "generators/panels.h"

namespace fsd {

class WindowEvidence {
public:
    using Filter = std::function<Halide::Expr(Halide::Expr state, Halide::Expr group, Halide::Expr input,
                                              Halide::Expr window_x, Halide::Expr window_y)>;
    using Prior = std::function<Halide::Expr(Halide::Expr state, Halide::Expr group)>;

    // Set before define().
    WindowAxis columns, rows;
    Halide::Expr inputs, states, groups, observations;
    int lanes = 1;

    Halide::Var element{"element"}, y{"y"}, sample{"sample"}, output{"output"}, site{"site"};
    Halide::RDom copied;                // x: input, y: x - padding_x
    Halide::RDom term;                  // x: over one row of a window, y: window_y
    Halide::Func observed{"observed"};  // element = input + inputs * (x + padding_x), y, sample
    Panels filters;                     // log q
    Halide::RDom outputs;               // x: state, y: group
    Halide::Func prior{"prior"};        // output = state + states * group: log pi
    Halide::Func sum{"sum"};            // lane, panel, site, sample
    Halide::Func evidence{"evidence"};  // output, site, sample

    // probability: input, x, y, sample.
    void define(const Halide::Func &probability, const Filter &log_likelihood, const Prior &log_prior) {
        define_observed(probability);
        filters.states = states;
        filters.groups = groups;
        filters.lanes = lanes;
        filters.extents = {inputs, columns.window, rows.window};
        filters.define([&](const Halide::Expr &state, const Halide::Expr &group, const Panels::Axes &at) {
            return finite_logarithm(log_likelihood(state, group, at[0], at[1], at[2]));
        });
        outputs = Halide::RDom(0, states, 0, groups, "outputs");
        prior(output) = Halide::undef<float>();
        prior(outputs.x + states * outputs.y) = log_prior(outputs.x, outputs.y);
        define_sum();
        evidence(output, site, sample) =
            fsd::evidence(prior(output), observations, sum(output % lanes, output / lanes, site, sample));
    }

    // Sites are counted row by row.
    SiteOrder order() const { return {columns.positions()}; }

private:
    // Rows of the map with what is observed in them, and zeros in the padding. The states of neighboring
    // sites follow each other, so that a row of a window is one run of numbers.
    void define_observed(const Halide::Func &probability) {
        const Halide::Func framed = unobserved_outside(probability, columns, rows);
        const Halide::Expr width = (columns.positions() - 1) * columns.stride + columns.window;
        copied = Halide::RDom(0, inputs, 0, width, "copied");
        observed(element, y, sample) = Halide::undef<float>();
        observed(copied.x + inputs * copied.y, y, sample) =
            framed(copied.x, copied.y - columns.padding, y, sample);
    }

    void define_sum() {
        const Halide::Var lane = filters.lane, panel = filters.panel;
        const Halide::Expr run = inputs * columns.window;
        term = Halide::RDom(0, run, 0, rows.window, "term");
        const Halide::Expr first = inputs * columns.stride * order().x(site);
        sum(lane, panel, site, sample) = 0.f;
        sum(lane, panel, site, sample) +=
            filters.func(lane, term.x + run * term.y, panel) *
            observed(first + term.x, rows.site(order().y(site), term.y), sample);
    }
};

}  // namespace fsd
