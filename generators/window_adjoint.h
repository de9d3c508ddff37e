// The stages of the gradient with respect to what the windows of a convolution saw.
//
// Each output site sends to each site under its window the sum over outputs of its gradient times the
// filters; a site receives the sum over the windows that hold it. Written this way every product is needed,
// for any stride: a gather over all outputs and window positions would multiply zeros at the border and
// between the strides.
#pragma once

#include "generators/evidence.h"
#include "generators/panels.h"

namespace fsd {

class WindowAdjoint {
public:
    using Filter = std::function<Halide::Expr(Halide::Expr output, Halide::Expr input, Halide::Expr window_x,
                                              Halide::Expr window_y)>;

    // Set before define().
    FilterKind kind = FilterKind::log_likelihoods;
    WindowAxis columns, rows;
    Halide::Expr inputs, number_of_outputs;
    Halide::Expr width, height;  // of the map of output sites
    int lanes = 1;

    Halide::Var output{"output"}, site{"site"}, sample{"sample"};
    Halide::Var window_y{"window_y"}, column{"column"}, y{"y"};
    Halide::RDom outputs, reach;
    Panels filters;                     // a term is an output and a row of the window
    Halide::Func gradient{"gradient"};  // output, site, sample
    Halide::Func sum{"sum"};            // lane, panel, site, window_y, sample
    Halide::Func sent{"sent"};          // column of the window = lane + lanes * panel, site, window_y, sample
    // column = input + inputs * (x + padding), y + padding, sample; plain: input, x, y, sample
    Halide::Func received{"received"};

    // d_result: output, output_x, output_y, sample.
    void define(const Halide::Func &d_result, const Filter &filter) {
        if (PlainFormulas::are_wanted()) {
            define_plainly(d_result, filter);
            return;
        }
        filters.states = inputs;
        filters.groups = columns.window;
        filters.lanes = lanes;
        filters.extents = {number_of_outputs, rows.window};
        filters.define([&](const Halide::Expr &state, const Halide::Expr &offset, const Panels::Axes &at) {
            return factor(kind, filter(at[0], state, offset, at[1]));
        });
        const SiteOrder order{width};
        const Halide::Expr last_site = width * height - 1;
        const Halide::Expr existing = min(site, last_site);
        gradient(output, site, sample) = d_result(output, order.x(existing), order.y(existing), sample);
        define_sent();
        define_received(order);
    }

    // What a site of the map received.
    Halide::Expr at(const Halide::Expr &input, const Halide::Expr &site_x, const Halide::Expr &site_y,
                    const Halide::Expr &sample_) const {
        if (!sent.defined()) {
            return received(input, site_x, site_y, sample_);
        }
        return received((site_x + columns.padding) * inputs + input, site_y + rows.padding, sample_);
    }

private:
    // Each site gathers what its windows send, and zeros where no window begins.
    void define_plainly(const Halide::Func &d_result, const Filter &filter) {
        const Halide::Func framed =
            Halide::BoundaryConditions::constant_exterior(d_result, 0.f, {{}, {0, width}, {0, height}});
        const Halide::Var input("input"), x("x");
        reach = Halide::RDom(0, number_of_outputs, 0, columns.window, 0, rows.window, "reach");
        const Halide::Expr held = columns.holds(x, reach.y) && rows.holds(y, reach.z);
        const Halide::Expr from =
            framed(reach.x, columns.position(x, reach.y), rows.position(y, reach.z), sample);
        received(input, x, y, sample) = 0.f;
        received(input, x, y, sample) +=
            factor(kind, filter(reach.x, input, reach.y, reach.z)) * select(held, from, 0.f);
    }

    void define_sent() {
        outputs = Halide::RDom(0, number_of_outputs, "outputs");
        const Halide::Var lane = filters.lane, panel = filters.panel;
        sum(lane, panel, site, window_y, sample) = 0.f;
        sum(lane, panel, site, window_y, sample) +=
            filters.func(lane, outputs + number_of_outputs * window_y, panel) *
            gradient(outputs, site, sample);
        sent(column, site, window_y, sample) =
            sum(column % filters.lanes, column / filters.lanes, site, window_y, sample);
    }

    void define_received(const SiteOrder &order) {
        reach = Halide::RDom(0, inputs * columns.window, 0, width, 0, height, 0, rows.window, "reach");
        received(column, y, sample) = 0.f;
        received(reach.y * (columns.stride * inputs) + reach.x, reach.z * rows.stride + reach.w, sample) +=
            sent(reach.x, order.site(reach.y, reach.z), reach.w, sample);
    }
};

}  // namespace fsd
