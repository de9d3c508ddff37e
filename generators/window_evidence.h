// The stages of the evidence of windows, log pi + n sum p log q, that the convolutions and their fusions are
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
    FilterKind kind = FilterKind::log_likelihoods;
    Halide::Expr inputs, states, groups;
    Halide::Expr observations;  // undefined: 1
    Halide::Expr width;         // of the map, where it is an output's extent
    Halide::Expr last_site;     // sites behind it, which a tile may ask for, repeat it; undefined: none do
    int lanes = 1;

    Halide::Var element{"element"}, y{"y"}, sample{"sample"}, output{"output"}, site{"site"};
    Halide::RDom copied;                // x: input, y: x - padding_x
    Halide::RDom term;                  // x: over one row of a window, y: window_y
    Halide::Func observed{"observed"};  // element = input + inputs * (x + padding_x), y, sample
    Panels filters;                     // log q
    Halide::RDom outputs;               // x: state, y: group
    Halide::Func prior{"prior"};        // output = state + states * group: log pi
    Halide::Func sum{"sum"};            // lane, panel, site, sample; plain: state, group, x, y, sample
    Halide::Func evidence{"evidence"};  // output, site, sample; plain as the sum

    // probability: input, x, y, sample.
    void define(const Halide::Func &probability, const Filter &log_likelihood, const Prior &log_prior) {
        if (PlainFormulas::are_wanted()) {
            define_plainly(probability, log_likelihood, log_prior);
            return;
        }
        define_observed(probability);
        filters.states = states;
        filters.groups = groups;
        filters.lanes = lanes;
        filters.extents = {inputs, columns.window, rows.window};
        filters.define([&](const Halide::Expr &state, const Halide::Expr &group, const Panels::Axes &at) {
            return factor(kind, log_likelihood(state, group, at[0], at[1], at[2]));
        });
        outputs = Halide::RDom(0, states, 0, groups, "outputs");
        prior(output) = Halide::undef<float>();
        prior(outputs.x + states * outputs.y) = log_prior(outputs.x, outputs.y);
        define_evidence();
    }

    // The same in two steps, for a map of constant extents (one of the observe_ functions) and filters that
    // are packed already.
    void observe(const Halide::Func &probability) {
        is_padded() ? observe_framed(probability) : observe_unframed(probability);
    }
    // Where the numbers of an image's row follow each other in memory, and nothing is outside.
    void observe_pixels(const Halide::Func &probability) {
        observed(element, y, sample) = probability(element % inputs, element / inputs, y, sample);
    }
    void define_packed(const Halide::Func &packed_filters, const Halide::Func &packed_prior) {
        filters.states = states;
        filters.groups = groups;
        filters.lanes = lanes;
        filters.func = packed_filters;
        prior = packed_prior;
        define_evidence();
    }

    bool is_padded() const {
        return !Halide::Internal::is_const_zero(columns.padding) ||
               !Halide::Internal::is_const_zero(rows.padding);
    }

    // Number of sites of an axis up to the last one that a window holds.
    static Halide::Expr seen(const WindowAxis &axis) {
        return Halide::Internal::simplify(
            min(axis.extent, axis.site(axis.positions() - 1, axis.window - 1) + 1));
    }

    // Sites are counted row by row.
    SiteOrder order() const {
        if (width.defined()) {
            return {width, true};
        }
        return {Halide::Internal::simplify(columns.positions())};
    }

    // The evidence of a state at a place, {site, sample} or plainly {x, y, sample}; of_group is undefined
    // where there is one group.
    Halide::Expr at(const Halide::Expr &of_state, const Halide::Expr &of_group,
                    std::vector<Halide::Expr> place) const {
        const bool plain = evidence.dimensions() > 3;
        if (plain) {
            place.insert(place.begin(), of_group.defined() ? of_group : Halide::Expr(0));
        }
        const bool flattened = of_group.defined() && !plain;
        place.insert(place.begin(), flattened ? of_state + states * of_group : of_state);
        return evidence(place);
    }

private:
    void define_plainly(const Halide::Func &probability, const Filter &log_likelihood,
                        const Prior &log_prior) {
        const Halide::Func framed = unobserved_outside(probability, columns, rows);
        const Halide::Var state("state"), group("group"), x("x");
        term = Halide::RDom(0, inputs, 0, columns.window, 0, rows.window, "term");
        sum(state, group, x, y, sample) = 0.f;
        sum(state, group, x, y, sample) +=
            factor(kind, log_likelihood(state, group, term.x, term.y, term.z)) *
            framed(term.x, columns.site(x, term.y), rows.site(y, term.z), sample);
        evidence(state, group, x, y, sample) =
            fsd::evidence(log_prior(state, group), observations, sum(state, group, x, y, sample));
    }

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

    // Nothing but what the windows see.
    void observe_unframed(const Halide::Func &probability) {
        copied = Halide::RDom(0, inputs, 0, seen(columns), "copied");
        observed(element, y, sample) = Halide::undef<float>();
        observed(copied.x + inputs * copied.y, y, sample) = probability(copied.x, copied.y, y, sample);
    }

    // The map inside of its padding, which is written first.
    void observe_framed(const Halide::Func &probability) {
        copied = Halide::RDom(0, inputs, 0, seen(columns), 0, seen(rows), "copied");
        observed(element, y, sample) = 0.f;
        observed(copied.x + inputs * (copied.y + columns.padding), copied.z, sample) =
            probability(copied.x, copied.y, copied.z, sample);
    }

    void define_evidence() {
        const Halide::Var lane = filters.lane, panel = filters.panel;
        const Halide::Expr run = inputs * columns.window;
        term = Halide::RDom(0, run, 0, rows.window, "term");
        const Halide::Expr place = last_site.defined() ? min(site, last_site) : Halide::Expr(site);
        const Halide::Expr first = inputs * columns.stride * order().x(place);
        sum(lane, panel, site, sample) = 0.f;
        sum(lane, panel, site, sample) +=
            filters.func(lane, term.x + run * term.y, panel) *
            observed(first + term.x, rows.site(order().y(place), term.y), sample);
        evidence(output, site, sample) =
            fsd::evidence(prior(output), observations, sum(output % lanes, output / lanes, site, sample));
    }
};

}  // namespace fsd
