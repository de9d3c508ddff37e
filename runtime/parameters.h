// The numbers of a KLD layer as its kernel takes them, in one of several forms with the same posterior.
#pragma once

#include "runtime/model.h"

namespace fsd {

struct Parameters {
    Tensor log_likelihood;  // [window_y, window_x, input_group, input_state, output], dense
    Tensor log_prior;       // [group, state], dense
    double observations = 1;
};

// Copies of a layer's tensors.
Parameters parameters_of(const Model &model, const Layer &layer);

// Against a uniform background: log q - log(1/S) and log prior - log(1/S'). The evidence becomes the
// logarithm of a likelihood ratio, for which relu and sigmoid approximate the normalization.
Parameters as_likelihood_ratio(const Parameters &parameters);

// For two input states and no padding: p0 w0 + p1 w1 = w0 + p1 (w1 - w0), so the weights of P(1) alone give
// the same evidence when the prior absorbs observations * sum w0. Exact, with half the multiplications.
Parameters as_log_odds(const Parameters &parameters);

}  // namespace fsd
