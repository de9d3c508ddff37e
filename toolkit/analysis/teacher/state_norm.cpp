// Calls of weighted_batch_norm and weighted_batch_norm_backward.
#include "toolkit/analysis/teacher/state_norm.h"

#include "runtime/call.h"

namespace fsd::analysis {

StateNorm normalize_states(const Matrix &u, const Vector &probability, const Vector &scale,
                           const Vector &shift) {
    StateNorm result{Vector(u.cols()), Matrix(u.rows(), u.cols()), Matrix(u.rows(), u.cols())};
    Call call(need_kernel("weighted_batch_norm", {"tuned", "cpu"}));
    call.set("state_preactivation", view(u))
        .set("state_probability", view(probability))
        .set("node_scale", view(scale))
        .set("node_shift", view(shift))
        .set("least_variance", 1e-20 * u.cwiseAbs2().maxCoeff())
        .set("inverse_deviation", view(result.inverse_deviation))
        .set("standardized", view(result.standardized))
        .set("state_normalized", view(result.normalized));
    call();
    return result;
}

Matrix normalize_states_backward(const StateNorm &forward, const Vector &probability, const Vector &scale,
                                 const Matrix &gradient) {
    Matrix result(gradient.rows(), gradient.cols());
    Call call(need_kernel("weighted_batch_norm_backward", {"tuned", "cpu"}));
    call.set("standardized", view(forward.standardized))
        .set("inverse_deviation", view(forward.inverse_deviation))
        .set("state_probability", view(probability))
        .set("node_scale", view(scale))
        .set("d_state_normalized", view(gradient))
        .set("d_state_preactivation", view(result));
    call();
    return result;
}

}  // namespace fsd::analysis
