// d_features = what the windows send back: the sum over outputs of d_preactivation times weights.
#include "generators/conv_backward_features.h"

#include "generators/start_at_zero.h"

namespace fsd {

void ConvBackwardFeatures::generate() {
    adjoint.kind = FilterKind::weights;
    adjoint.columns = {d_features.dim(1).extent(), weight.dim(2).extent(), stride_x, padding_x};
    adjoint.rows = {d_features.dim(2).extent(), weight.dim(3).extent(), stride_y, padding_y};
    adjoint.width = d_preactivation.dim(1).extent();
    adjoint.height = d_preactivation.dim(2).extent();
    require_window(*this, adjoint.columns, adjoint.width, adjoint.rows, adjoint.height);
    start_at_zero({d_preactivation, weight, d_features});

    adjoint.inputs = weight.dim(1).extent();
    adjoint.number_of_outputs = weight.dim(0).extent();
    adjoint.lanes = measured.number(target, vector_width(target));
    adjoint.define(d_preactivation,
                   [&](const Expr &to, const Expr &from, const Expr &offset_x, const Expr &offset_y) {
                       return weight(to, from, offset_x, offset_y);
                   });
    d_features(input, x, y, sample) = adjoint.at(input, x, y, sample);

    d_preactivation.set_estimates({{0, 32}, {0, 8}, {0, 8}, {0, 50}});
    weight.set_estimates({{0, 32}, {0, 16}, {0, 5}, {0, 5}});
    d_features.set_estimates({{0, 16}, {0, 12}, {0, 12}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ConvBackwardFeatures, conv_backward_features)
