// d z = A - h sum A, over the states of each group.
#include "generators/log_normalize_backward.h"

#include "generators/start_at_zero.h"

namespace fsd {

void LogNormalizeBackward::generate() {
    start_at_zero({log_posterior, d_log_posterior, d_logits});
    const Expr states = log_posterior.dim(0).extent();
    d_logits.dim(0).set_extent(states);
    total.sum({group, site}, states, [&](const Expr &s) { return d_log_posterior(s, group, site); });
    d_logits(state, group, site) = d_log_posterior(state, group, site) -
                                   exponential(log_posterior(state, group, site)) * total(group, site);

    log_posterior.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
    d_log_posterior.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
    d_logits.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogNormalizeBackward, log_normalize_backward)
