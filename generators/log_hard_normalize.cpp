// log_posterior = logits - max logits, over the states of each group.
#include "generators/log_hard_normalize.h"

namespace fsd {

void LogHardNormalize::generate() {
    const Expr states = logits.dim(0).extent();
    peak.define({group, site}, states, [&](const Expr &s) { return logits(s, group, site); });
    log_posterior(state, group, site) = centered(logits(state, group, site), peak.offset(group, site));

    log_posterior.dim(0).set_bounds(0, states);
    logits.dim(0).set_min(0);
    logits.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
    log_posterior.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogHardNormalize, log_hard_normalize)
