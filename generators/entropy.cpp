// entropy = - sum p log p over the states, with 0 log 0 = 0.
#include "generators/entropy.h"

#include "generators/information.h"

namespace fsd {

void Entropy::generate() {
    const Expr states = probability.dim(0).extent();
    sum.sum({site}, states, [&](const Expr &s) { return surprise(probability(s, site)); });
    entropy(site) = sum(site);

    probability.dim(0).set_min(0);
    probability.set_estimates({{0, 64}, {0, 4096}});
    entropy.set_estimates({{0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Entropy, entropy)
