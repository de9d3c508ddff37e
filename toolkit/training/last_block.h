// The last layer, its normalization and the loss during a training step.
#pragma once

#include "toolkit/training/hidden_block.h"

namespace fsd {

class LastBlock {
public:
    LastBlock(const Place &place, const Block &block, const Parameters &parameters, std::size_t layer,
              Observed input, Tensor labels);

    // After forward: the mean loss over the batch, nats, and the number of labels that are most probable.
    double loss() const;
    int correct() const;

    Tape forward, backward;

private:
    void plan_forward(const Tensor &labels);
    void plan_backward();
    void average_gradient();

    const Block block_;
    Filters filters_;
    Observed input_;
    int batch_;
    Tensor labels_;         // int32 [sample]
    Tensor log_posterior_;  // [sample, class]
    Tensor loss_;           // [sample]
    Tensor d_logits_;       // [sample, class], of the mean loss
};

}  // namespace fsd
