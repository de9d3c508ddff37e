// d log q = n sum over samples and output sites of d_log_evidence times the probability under the window.
#include "generators/kld_conv_backward_filters.h"

#include "generators/window.h"

namespace fsd {

void KldConvBackwardFilters::generate() {
    const WindowAxis columns{probability.dim(1).extent(), d_log_likelihood.dim(2).extent(), stride_x,
                             padding_x};
    const WindowAxis rows{probability.dim(2).extent(), d_log_likelihood.dim(3).extent(), stride_y, padding_y};
    require_window(*this, columns, d_log_evidence.dim(1).extent(), rows, d_log_evidence.dim(2).extent());

    observed = Halide::BoundaryConditions::constant_exterior(
        probability, 0.f, {{Expr(), Expr()}, {0, columns.extent}, {0, rows.extent}, {Expr(), Expr()}});
    site = Halide::RDom(0, d_log_evidence.dim(1).extent(), 0, d_log_evidence.dim(2).extent(), 0,
                        d_log_evidence.dim(3).extent(), "site");
    sum(output, input, window_x, window_y) = 0.f;
    sum(output, input, window_x, window_y) +=
        d_log_evidence(output, site.x, site.y, site.z) *
        observed(input, columns.site(site.x, window_x), rows.site(site.y, window_y), site.z);
    d_log_likelihood(output, input, window_x, window_y) =
        observations * sum(output, input, window_x, window_y);

    probability.set_estimates({{0, 16}, {0, 12}, {0, 12}, {0, 50}});
    d_log_evidence.set_estimates({{0, 32}, {0, 8}, {0, 8}, {0, 50}});
    d_log_likelihood.set_estimates({{0, 32}, {0, 16}, {0, 5}, {0, 5}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvBackwardFilters, kld_conv_backward_filters)
