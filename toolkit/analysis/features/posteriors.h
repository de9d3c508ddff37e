// A layer's distributions of states: each position and group is a discrete variable.
#pragma once

#include "runtime/layers/activation.h"

#include <optional>

namespace fsd::analysis {

// float32 [sample, variable x state]: probabilities, from them or from their logarithms. Nothing where the
// activations are others, have one state, or where some distribution does not sum to 1 within 1e-3 (stand-ins
// for probabilities).
std::optional<Tensor> posteriors_of(const Tensor &activations, const ActivationType &type);

// float32 [sample, state] of one variable, a copy.
Tensor variable_of(const Tensor &posteriors, int variable, int states);

// I(X;H) = H(mean q) - mean H(q) of each variable, the samples being equally probable; its mean over the
// variables, nats.
double mean_input_information(const Tensor &posteriors, int states);

}  // namespace fsd::analysis
