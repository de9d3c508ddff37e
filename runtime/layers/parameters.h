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

// Minus the mean over the output states of each group, in filters and prior. That changes the evidence by a
// constant per group, which normalization removes (docs/math.md, 2.3); smaller numbers round less.
Parameters centered(const Parameters &parameters);

// The first layer has parameters and its windows never leave the image: it can read one number per color.
bool takes_log_odds(const Model &model);

struct EvidenceForm {
    bool log_odds = false;        // the layer reads P(1) alone
    bool up_to_constant = false;  // where the next layer normalizes, a constant per group does not matter
};

// The parameters of layer `index` as they give its evidence; against a uniform background in front of relu
// and sigmoid.
Parameters evidence_parameters(const Model &model, std::size_t index, const EvidenceForm &form);

}  // namespace fsd
