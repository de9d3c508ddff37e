// The distributions of one layer during a training step, and how the gradient reaches the parameters behind
// them.
#pragma once

#include "toolkit/training/parameters.h"
#include "toolkit/training/tape.h"

namespace fsd {

class Filters {
public:
    Filters(const Block &block, const Parameters &parameters, std::size_t layer);
    Filters(const Filters &) = delete;  // tapes refer to observations
    Filters &operator=(const Filters &) = delete;

    // Adds what must run before the layer: log_likelihood, log_prior and observations from the parameters.
    void add_forward(Tape &tape);
    // Adds what must run once d_log_likelihood is there; d_log_prior needs nothing more, because the
    // gradients of a normalized layer's logits sum to 0.
    void add_backward(Tape &tape);

    double observations = 1;  // n
    Tensor log_likelihood;    // [position, input_state, output], nats
    Tensor d_log_likelihood;  // gradient of the loss: n sum dz p
    Tensor log_prior;         // [group, state], nats
    Tensor d_log_prior;       // [output]: sum dz, the parameters' gradient itself

private:
    void differentiate_observations();

    Parameters::Part values_, gradient_;
};

}  // namespace fsd
