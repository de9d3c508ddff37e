// d z = h (R - sum h R), over the states of each group.
#include "generators/normalize_backward.h"

#include "generators/start_at_zero.h"

namespace fsd {

void NormalizeBackward::generate() {
    start_at_zero({posterior, d_posterior, d_logits});
    const Expr states = posterior.dim(0).extent();
    d_logits.dim(0).set_extent(states);
    mean.sum({group, site}, states,
             [&](const Expr &s) { return posterior(s, group, site) * d_posterior(s, group, site); });
    d_logits(state, group, site) =
        posterior(state, group, site) * (d_posterior(state, group, site) - mean(group, site));

    posterior.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
    d_posterior.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
    d_logits.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::NormalizeBackward, normalize_backward)
