// Batch normalization over a teacher's states, and its gradient: a projection (arXiv 1809.10829, section 5).
#pragma once

#include "toolkit/analysis/matrix.h"

namespace fsd::analysis {

struct StateNorm {
    Vector inverse_deviation;  // [node]; 0 of a node that is the same in all states that occur
    Matrix standardized;       // f = (u - E u) / s, [state, node]
    Matrix normalized;         // scale f + shift
};

// u: [state, node]; probability: of the states. Without an epsilon, which would break the projection by
// epsilon / variance; a node with a variance of up to 1e-20 of the largest square counts as constant.
StateNorm normalize_states(const Matrix &u, const Vector &probability, const Vector &scale,
                           const Vector &shift);

// scale / s (g - <1, g> - f <f, g>) for g = E[gradient | state], [state, node]. Of two states nothing is
// left.
Matrix normalize_states_backward(const StateNorm &forward, const Vector &probability, const Vector &scale,
                                 const Matrix &gradient);

}  // namespace fsd::analysis
