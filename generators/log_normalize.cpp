// log_posterior = logits - log sum exp logits, over the states of each group.
#include "generators/log_normalize.h"

namespace fsd {

void LogNormalize::generate() {
    const Expr states = logits.dim(0).extent();
    peak.maximum({group, site}, states, [&](const Expr &s) { return logits(s, group, site); });
    // Of long rows most of the time goes into exponentials, of short ones into their reduction.
    const auto weight = [&](const Expr &s) { return joint(logits(s, group, site), peak(group, site)); };
    mass.sum(
        {group, site}, states,
        [&](const Expr &s) {
            const Expr exponent = centered(logits(s, group, site), peak(group, site));
            return select(are_long(states), exponential_in_sum(exponent), weight(s));
        },
        weight);
    log_mass(group, site) = logarithm_from_1(mass(group, site));
    log_posterior(state, group, site) =
        log_normalized(logits(state, group, site), peak(group, site), log_mass(group, site));

    log_posterior.dim(0).set_bounds(0, states);
    logits.dim(0).set_min(0);
    logits.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
    log_posterior.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogNormalize, log_normalize)
