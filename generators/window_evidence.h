// The stages of a sum over windows, sum p log q, that the KLD convolution and its fusions are made of.
#pragma once

#include "generators/evidence.h"
#include "generators/panels.h"

namespace fsd {

class WindowEvidence {
public:
    Halide::Var input{"input"}, x{"x"}, y{"y"}, sample{"sample"};
    Halide::Var window_x{"window_x"}, window_y{"window_y"};
    Halide::Var output{"output"}, site{"site"};
    Halide::RDom term;                  // x: input, y: window_x, z: window_y
    Halide::Func observed{"observed"};  // input, x, y, sample: the probabilities, and 0 outside of the map
    Panels filters;                     // lane, input, window_x, window_y, panel: log q
    Halide::Func sum{"sum"};            // lane, panel, site, sample
    Halide::Func sums{"sums"};          // output, site, sample: the same for output = lane + lanes * panel

    Halide::Expr inputs;

    // probability: input, x, y, sample. log_likelihood(state, group) is log q at (input, window_x, window_y).
    void define(const Halide::Func &probability, const WindowAxis &columns, const WindowAxis &rows,
                const SiteOrder &order,
                const std::function<Halide::Expr(Halide::Expr, Halide::Expr)> &log_likelihood) {
        observed(input, x, y, sample) = unobserved_outside(probability, columns, rows)(input, x, y, sample);
        filters.terms = {input, window_x, window_y};
        filters.define([&](const Halide::Expr &state, const Halide::Expr &group) {
            return finite_logarithm(log_likelihood(state, group));
        });
        const int lanes = filters.lanes;
        const Halide::Var lane = filters.lane, panel = filters.panel;
        term = Halide::RDom(0, inputs, 0, columns.window, 0, rows.window, "term");
        sum(lane, panel, site, sample) = 0.f;
        sum(lane, panel, site, sample) +=
            filters.func(lane, term.x, term.y, term.z, panel) *
            observed(term.x, columns.site(order.x(site), term.y), rows.site(order.y(site), term.z), sample);
        sums(output, site, sample) = sum(output % lanes, output / lanes, site, sample);
    }
};

}  // namespace fsd
