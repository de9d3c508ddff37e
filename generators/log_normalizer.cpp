// log_normalizer = log sum exp logits, over the states of each group.
#include "generators/log_normalizer.h"

namespace fsd {

void LogNormalizer::generate() {
    const Expr states = logits.dim(0).extent();
    peak.maximum({group, site}, states, [&](const Expr &s) { return logits(s, group, site); });
    mass.sum({group, site}, states,
             [&](const Expr &s) { return joint(logits(s, group, site), peak(group, site)); });
    log_normalizer(group, site) = strict_sum(peak(group, site), logarithm_from_1(mass(group, site)));

    logits.dim(0).set_min(0);
    logits.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
    log_normalizer.set_estimates({{0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogNormalizer, log_normalizer)
