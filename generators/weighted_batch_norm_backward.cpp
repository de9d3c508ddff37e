// d = scale / s (g - <1, g> - f <f, g>) in the inner product of the states' probabilities: what is left of g
// perpendicular to 1 and f. g is per state, E[d | state].
#include "generators/weighted_batch_norm_backward.h"

#include "generators/start_at_zero.h"

namespace fsd {

void WeightedBatchNormBackward::generate() {
    start_at_zero({standardized, inverse_deviation, state_probability, node_scale, d_state_normalized,
                   d_state_preactivation});
    const Expr zero{0.};
    states = Halide::RDom(0, standardized.dim(1).extent(), "states");
    common(node) = zero;
    common(node) += state_probability(states) * d_state_normalized(node, states);
    along(node) = zero;
    along(node) += state_probability(states) * standardized(node, states) * d_state_normalized(node, states);
    d_state_preactivation(node, state) =
        node_scale(node) * inverse_deviation(node) *
        (d_state_normalized(node, state) - common(node) - standardized(node, state) * along(node));

    for (auto *tensor : {&standardized, &d_state_normalized}) {
        tensor->set_estimates({{0, 64}, {0, 16}});
    }
    state_probability.set_estimates({{0, 16}});
    for (auto *tensor : {&inverse_deviation, &node_scale}) {
        tensor->set_estimates({{0, 64}});
    }
    d_state_preactivation.set_estimates({{0, 64}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::WeightedBatchNormBackward, weighted_batch_norm_backward)
