// linear: W^T y + b.
#include "toolkit/analysis/moments/layers/moment_layer.h"

namespace fsd::analysis::moment_layers {

MomentLayer linear() {
    return {"linear", [](const MomentPlace &place) {
                const float *weight = place.numbers("weight"), *bias = place.numbers("bias");
                using Floats = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
                return AffineMap{
                    Eigen::Map<const Floats>(weight, place.inputs(), place.outputs()).cast<double>(),
                    {},
                    Eigen::Map<const Eigen::VectorXf>(bias, place.outputs()).cast<double>()};
            }};
}

}  // namespace fsd::analysis::moment_layers
