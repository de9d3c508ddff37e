// posterior = exp logits / sum exp logits, over the states of each group.
#include "generators/normalize.h"

namespace fsd {

void Normalize::generate() {
    const Expr states = logits.dim(0).extent();
    peak.maximum({group, site}, states, [&](const Expr &s) { return logits(s, group, site); });
    const auto weight_of = [&](const Expr &s) { return joint(logits(s, group, site), peak(group, site)); };
    weight(state, group, site) = weight_of(state);
    mass.sum(
        {group, site}, states, [&](const Expr &s) { return weight(s, group, site); }, weight_of);
    scale(group, site) = reciprocal(mass(group, site));
    posterior(state, group, site) =
        strict_product(select(RowReduction::are_few(states), weight_of(state), weight(state, group, site)),
                       scale(group, site));

    posterior.dim(0).set_bounds(0, states);
    logits.dim(0).set_min(0);
    logits.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
    posterior.set_estimates({{0, 64}, {0, 1}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Normalize, normalize)
