// f = (u - E u) / s, y = scale f + shift with E and s^2 = Var over the states' probabilities, which sum to 1.
// No epsilon: it would break the projection of the gradient. Where the variance is not above least_variance,
// the node counts as constant: 1 / s = 0, f = 0.
#include "generators/weighted_batch_norm.h"

#include "generators/information.h"
#include "generators/start_at_zero.h"

namespace fsd {

void WeightedBatchNorm::generate() {
    start_at_zero({state_preactivation, state_probability, node_scale, node_shift, inverse_deviation,
                   standardized, state_normalized});
    const Expr nodes = state_preactivation.dim(0).extent(), zero{0.};
    inverse_deviation.dim(0).set_extent(nodes);
    states = Halide::RDom(0, state_preactivation.dim(1).extent(), "states");
    mean(node) = zero;
    mean(node) += state_probability(states) * state_preactivation(node, states);
    const Expr difference = state_preactivation(node, states) - mean(node);
    variance(node) = zero;
    variance(node) += state_probability(states) * difference * difference;
    inverse(node) = select(strict_less(least_variance, variance(node)), Expr(1.) / sqrt(variance(node)),
                           zero_if_finite(variance(node)));
    standard(node, state) = (state_preactivation(node, state) - mean(node)) * inverse(node);
    inverse_deviation(node) = inverse(node);
    standardized(node, state) = standard(node, state);
    state_normalized(node, state) = node_scale(node) * standard(node, state) + node_shift(node);

    state_preactivation.set_estimates({{0, 64}, {0, 16}});
    state_probability.set_estimates({{0, 16}});
    for (auto *tensor : {&node_scale, &node_shift}) {
        tensor->set_estimates({{0, 64}});
    }
    least_variance.set_estimate(0.);
    inverse_deviation.set_estimates({{0, 64}});
    standardized.set_estimates({{0, 64}, {0, 16}});
    state_normalized.set_estimates({{0, 64}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::WeightedBatchNorm, weighted_batch_norm)
