// d_features = sum over outputs of d_preactivation times weights: the layer's sum with inputs and outputs
// exchanged.
#include "generators/linear_backward_features.h"

#include "generators/start_at_zero.h"

namespace fsd {

void LinearBackwardFeatures::generate() {
    start_at_zero({d_preactivation, weight, d_features});
    transposed.kind = FilterKind::weights;
    transposed.inputs = d_preactivation.dim(0).extent();
    transposed.samples = d_preactivation.dim(1).extent();
    transposed.states = weight.dim(1).extent();
    transposed.groups = 1;
    transposed.lanes = measured.number(target, vector_width(target));
    transposed.define(d_preactivation,
                      [&](const Expr &state, const Expr &, const Expr &from) { return weight(from, state); });
    d_features(input, sample) = transposed.at(input, Expr(), sample);

    d_preactivation.set_estimates({{0, 100}, {0, 50}});
    weight.set_estimates({{0, 100}, {0, 100}});
    d_features.set_estimates({{0, 100}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LinearBackwardFeatures, linear_backward_features)
