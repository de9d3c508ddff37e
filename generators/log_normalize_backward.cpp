// d z = A - h sum A, over the states of each group.
#include "generators/log_normalize_backward.h"

#include "generators/log_space.h"

namespace fsd {

void LogNormalizeBackward::generate() {
    states = Halide::RDom(0, log_posterior.dim(0).extent(), "states");
    total(group, site) = 0.f;
    total(group, site) += d_log_posterior(states, group, site);
    d_logits(state, group, site) = d_log_posterior(state, group, site) -
                                   exponential(log_posterior(state, group, site)) * total(group, site);

    log_posterior.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
    d_log_posterior.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
    d_logits.set_estimates({{0, 32}, {0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogNormalizeBackward, log_normalize_backward)
