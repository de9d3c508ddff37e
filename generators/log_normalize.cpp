// log_posterior = logits - log sum exp logits, over the states of each group.
#include "generators/log_normalize.h"

namespace fsd {

void LogNormalize::generate() {
    states = Halide::RDom(logits.dim(0).min(), logits.dim(0).extent(), "states");
    peak(group, site) = maximum(states, logits(states, group, site));
    mass(group, site) = 0.f;
    mass(group, site) += exp(logits(states, group, site) - peak(group, site));
    log_mass(group, site) = log(mass(group, site));
    log_posterior(state, group, site) =
        strict_float(strict_float(logits(state, group, site) - peak(group, site)) - log_mass(group, site));

    logits.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
    log_posterior.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogNormalize, log_normalize)
