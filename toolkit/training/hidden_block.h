// A layer with parameters, its normalization and its pooling during a training step.
#pragma once

#include "toolkit/training/filters.h"
#include "toolkit/training/log_odds.h"

#include <memory>

namespace fsd {

// Probabilities that a block observes and the gradient of the loss with respect to them, [sample, y, x,
// channel].
struct Observed {
    Tensor probability;
    Tensor d_probability;  // undefined where nobody needs it: for the network's input
};

// True where a block that sees the image can work on success probabilities.
bool has_log_odds_form(const Block &block);

class HiddenBlock {
public:
    // `input` is the output of the block before, or the image's probabilities without gradient: success
    // probabilities [sample, y, x, color] where `log_odds`, else states.
    HiddenBlock(const Place &place, const Block &block, const Parameters &parameters, std::size_t layer,
                const Observed &input, bool log_odds);

    // What the next block observes; shares the memory of this one.
    Observed output() const;

    Tape forward, backward;

private:
    void plan_forward();
    void plan_pooling();
    void plan_backward();
    void plan_pooling_backward();

    const Place place_;
    const Block block_;
    Filters filters_;
    std::unique_ptr<LogOdds> log_odds_;
    Observed input_;
    Observed output_;  // [sample, y, x, group, state]
    int batch_;
    Tensor posterior_, d_logits_;  // the same axes
    Tensor d_posterior_;           // only for renormalized_max_pool, whose gradient is not fused
};

}  // namespace fsd
