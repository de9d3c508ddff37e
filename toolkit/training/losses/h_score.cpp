// h_score: cross entropy of the mean logits less the two-sided H-score of the batch (docs/math.md, 6.1). The
// class features g are the weights of the network's last layer, learned with the rest.
#include "toolkit/training/losses/loss_kind.h"

namespace fsd::training {
namespace {

// The loss does not see what a row of logits has in common, so that its gradient at log-probabilities is the
// one at the logits of log-normalization, too.
class HScore : public MeanLoss {
public:
    using MeanLoss::MeanLoss;

    void plan(Tape &tape) override {
        tape.add("h_score_loss")
            .set("log_posterior", end_.result)
            .set("label", end_.batch.labels)
            .set("loss", loss_)
            .set("d_logits", end_.d_result);
        plan_mean(tape);
    }
};

}  // namespace

LossKind h_score() {
    LossKind kind;
    kind.name = "h_score";
    kind.takes = ActivationKind::log_probability;
    kind.is_mean = false;
    kind.through = "log_normalize";
    kind.make = [](const LossEnd &end) { return std::make_unique<HScore>(end); };
    return kind;
}

}  // namespace fsd::training
