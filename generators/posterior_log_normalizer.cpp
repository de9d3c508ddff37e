// log_normalizer = max logits - log max posterior: log sum exp logits where posterior = exp logits / sum exp
// logits, since both are largest in the same state.
#include "generators/posterior_log_normalizer.h"

#include "generators/information.h"

namespace fsd {

void PosteriorLogNormalizer::generate() {
    const Expr states = logits.dim(0).extent();
    peak.maximum({group, site}, states, [&](const Expr &s) { return logits(s, group, site); });
    largest.maximum({group, site}, states, [&](const Expr &s) { return posterior(s, group, site); });
    // 0, or NaN, which maxima hide. A logit of -inf is a state that is excluded.
    hidden.sum({group, site}, states, [&](const Expr &s) {
        const Expr logit = logits(s, group, site);
        return strict_sum(select(is_nan(logit), logit, 0.f), zero_if_finite(posterior(s, group, site)));
    });
    log_normalizer(group, site) = strict_sum(
        strict_difference(peak(group, site), logarithm(largest(group, site))), hidden(group, site));

    logits.dim(0).set_min(0);
    posterior.dim(0).set_bounds(0, states);
    logits.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
    posterior.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
    log_normalizer.set_estimates({{0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::PosteriorLogNormalizer, posterior_log_normalizer)
