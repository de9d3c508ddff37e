// The distributions of one KLD layer during a training step, and how the gradient reaches the parameters
// behind them.
#pragma once

#include "toolkit/training/layers/kld_numbers.h"

namespace fsd::training {

class KldFilters {
public:
    // `sums_to_zero`: the gradient of the evidence does, over the states of each group, as that of whatever
    // is normalized; then d_log_prior is the gradient of the prior's logits.
    KldFilters(const LayerSite &site, const LayerNumbers &numbers, bool sums_to_zero);
    KldFilters(const KldFilters &) = delete;  // tapes refer to it
    KldFilters &operator=(const KldFilters &) = delete;

    // Adds what must run before the layer: log_likelihood, log_prior and observations from the parameters.
    void add_forward(Tape &tape);
    // Adds what must run once d_log_likelihood and d_log_prior are there.
    void add_backward(Tape &tape);

    // Before each run the call gets the number of observations; it must outlive this object's use.
    void observe(Call &call) { calls_.push_back(&call); }

    double observations = 1;  // n
    Tensor log_likelihood;    // [position, input_state, output], nats
    Tensor d_log_likelihood;  // gradient of the loss: n sum dz p
    Tensor log_prior;         // [group, state], nats
    Tensor d_log_prior;       // [output]: sum dz

private:
    void set_observations();
    void differentiate_observations();

    const LayerNumbers numbers_;
    float *const log_observations_, *const d_log_observations_;  // in numbers_
    const bool sums_to_zero_;
    std::vector<Call *> calls_;
};

}  // namespace fsd::training
