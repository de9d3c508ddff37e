// cross_entropy: minus the log-probability of the label (docs/math.md, 2.4).
#include "toolkit/training/losses/loss_kind.h"

#include <algorithm>
#include <cmath>

namespace fsd::training {
namespace {

class CrossEntropy : public MeanLoss {
public:
    using MeanLoss::MeanLoss;

    void plan(Tape &tape) override {
        if (end_.through_last_layer) {
            tape.add("cross_entropy")
                .set("log_posterior", end_.result)
                .set("label", end_.batch.labels)
                .set("loss", loss_)
                .set("d_logits", end_.d_result);
        } else {
            tape.add("cross_entropy", [this] { differentiate(); });
        }
        plan_mean(tape);
    }

private:
    // With respect to the log-probabilities themselves, where another layer than log-normalization gives
    // them.
    void differentiate() {
        const int samples = end_.batch.samples(), classes = end_.result.dim(0).extent();
        const auto *label = static_cast<const std::int32_t *>(end_.batch.labels.data());
        const auto *result = static_cast<const float *>(end_.result.data());
        auto *gradient = static_cast<float *>(const_cast<void *>(end_.d_result.data()));
        std::fill_n(gradient, end_.d_result.number_of_elements(), 0.f);
        for (std::ptrdiff_t sample = 0; sample < samples; sample++) {
            const std::ptrdiff_t at = sample * classes + label[sample];
            static_cast<float *>(loss_.data())[sample] = -result[at];
            gradient[at] = -1;
        }
    }
};

}  // namespace

LossKind cross_entropy() {
    LossKind kind;
    kind.name = "cross_entropy";
    kind.takes = ActivationKind::log_probability;
    kind.through = "log_normalize";
    kind.make = [](const LossEnd &end) { return std::make_unique<CrossEntropy>(end); };
    return kind;
}

}  // namespace fsd::training
