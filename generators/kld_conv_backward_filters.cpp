// d log q = n sum over samples and output sites of d_log_evidence times the probability under the window.
#include "generators/kld_conv_backward_filters.h"

#include "generators/evidence.h"
#include "generators/start_at_zero.h"

namespace fsd {

void KldConvBackwardFilters::generate() {
    const WindowAxis columns{probability.dim(1).extent(), d_log_likelihood.dim(2).extent(), stride_x,
                             padding_x};
    const WindowAxis rows{probability.dim(2).extent(), d_log_likelihood.dim(3).extent(), stride_y, padding_y};
    require_window(*this, columns, d_log_evidence.dim(1).extent(), rows, d_log_evidence.dim(2).extent());

    start_at_zero({probability, d_log_evidence, d_log_likelihood});

    term = Halide::RDom(0, d_log_evidence.dim(1).extent(), 0, d_log_evidence.dim(2).extent(), 0,
                        d_log_evidence.dim(3).extent(), "term");
    PlainFormulas::are_wanted() ? define_plainly(columns, rows) : define_rows(columns, rows);

    probability.set_estimates({{0, 16}, {0, 12}, {0, 12}, {0, 50}});
    d_log_evidence.set_estimates({{0, 32}, {0, 8}, {0, 8}, {0, 50}});
    d_log_likelihood.set_estimates({{0, 32}, {0, 16}, {0, 5}, {0, 5}});
}

void KldConvBackwardFilters::define_plainly(const WindowAxis &columns, const WindowAxis &rows) {
    const Halide::Func framed = unobserved_outside(probability, columns, rows);
    sum(output, input, window_x, window_y) = 0.f;
    sum(output, input, window_x, window_y) +=
        d_log_evidence(output, term.x, term.y, term.z) *
        framed(input, columns.site(term.x, window_x), rows.site(term.y, window_y), term.z);
    d_log_likelihood(output, input, window_x, window_y) =
        observations * sum(output, input, window_x, window_y);
}

void KldConvBackwardFilters::define_rows(const WindowAxis &columns, const WindowAxis &rows) {
    const Expr inputs = probability.dim(0).extent();
    site = Halide::RDom(0, inputs, 0, columns.extent, 0, rows.extent, "site");
    observed(column, y, sample) = 0.f;
    observed((site.y + columns.padding) * inputs + site.x, site.z + rows.padding, sample) =
        probability(site.x, site.y, site.z, sample);
    gradient = Halide::BoundaryConditions::repeat_edge(d_log_evidence, {{0, d_log_evidence.dim(0).extent()}});

    sum(output, column, window_y) = 0.f;
    sum(output, column, window_y) +=
        gradient(output, term.x, term.y, term.z) *
        observed(term.x * (stride_x * inputs) + column, term.y * stride_y + window_y, term.z);
    d_log_likelihood(output, input, window_x, window_y) =
        observations * sum(output, window_x * inputs + input, window_y);
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvBackwardFilters, kld_conv_backward_filters)
