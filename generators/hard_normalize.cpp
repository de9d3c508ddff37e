// posterior = exp(logits - max logits), over the states of each group.
#include "generators/hard_normalize.h"

namespace fsd {

void HardNormalize::generate() {
    const Expr states = logits.dim(0).extent();
    peak.define({group, site}, states, [&](const Expr &s) { return logits(s, group, site); });
    posterior(state, group, site) = joint(logits(state, group, site), peak.offset(group, site));

    posterior.dim(0).set_bounds(0, states);
    logits.dim(0).set_min(0);
    logits.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
    posterior.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::HardNormalize, hard_normalize)
