// divergence = sum p log(p / q) over the states.
#include "generators/kl_divergence.h"

#include "generators/information.h"

namespace fsd {

void KlDivergence::generate() {
    const Expr states = probability.dim(0).extent();
    sum.sum({site}, states,
            [&](const Expr &s) { return divergence_term(probability(s, site), reference(s, site)); });
    divergence(site) = sum(site);

    probability.dim(0).set_min(0);
    reference.dim(0).set_bounds(0, states);
    probability.set_estimates({{0, 64}, {0, 4096}});
    reference.set_estimates({{0, 64}, {0, 4096}});
    divergence.set_estimates({{0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KlDivergence, kl_divergence)
