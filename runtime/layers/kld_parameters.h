// The numbers of a KLD layer as its kernel takes them, in one of several forms with the same posterior.
#pragma once

#include "runtime/layers/layer_kind.h"

namespace fsd {

struct KldParameters {
    Tensor log_likelihood;  // [window_y, window_x, input_group, input_state, output], dense
    Tensor log_prior;       // [group, state], dense
    double observations = 1;
};

// Copies of a layer's tensors.
KldParameters parameters_of(const Model &model, const Layer &layer);

// How many of a layer's stored log q are below -87, as which they count everywhere; 0 for other layers.
std::size_t count_of_raised(const Model &model, const Layer &layer);

// Against a uniform background: log q - log(1/S) and log prior - log(1/S'). The evidence becomes the
// logarithm of a likelihood ratio, for which relu and sigmoid approximate the normalization.
KldParameters as_likelihood_ratio(const KldParameters &parameters);

// For two input states and no padding: p0 w0 + p1 w1 = w0 + p1 (w1 - w0), so the weights of P(1) alone give
// the same evidence when the prior absorbs observations * sum w0. Exact, with half the multiplications.
KldParameters as_log_odds(const KldParameters &parameters);

// Minus the mean over the output states of each group, in filters and prior. That changes the evidence by a
// constant per group, which normalization removes (docs/math.md, 2.3); smaller numbers round less.
KldParameters centered(const KldParameters &parameters);

// The parameters of layer `index` as they give its evidence: against a uniform background in front of a layer
// that wants a likelihood ratio, else centered where `form` allows it.
KldParameters kld_parameters(const Model &model, std::size_t index, const LayerForm &form);

// The same as arguments of a kernel.
KernelArguments kld_arguments(const Model &model, std::size_t index, const LayerForm &form);

// A window that never leaves the map can read one number per Bernoulli variable.
bool is_unpadded(const Layer &layer);

}  // namespace fsd
