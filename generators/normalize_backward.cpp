// d z = h (R - sum h R), over the states of each group.
#include "generators/normalize_backward.h"

namespace fsd {

void NormalizeBackward::generate() {
    states = Halide::RDom(0, posterior.dim(0).extent(), "states");
    total(group, site) = 0.f;
    total(group, site) += posterior(states, group, site) * d_posterior(states, group, site);
    d_logits(state, group, site) =
        posterior(state, group, site) * (d_posterior(state, group, site) - total(group, site));

    posterior.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
    d_posterior.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
    d_logits.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::NormalizeBackward, normalize_backward)
