// squared_error: the sum over the numbers of (said - expected)^2, for regression.
#include "toolkit/training/losses/loss_kind.h"

namespace fsd::training {
namespace {

class SquaredError : public MeanLoss {
public:
    using MeanLoss::MeanLoss;

    void plan(Tape &tape) override {
        tape.add("squared_error")
            .set("prediction", end_.result)
            .set("expected", end_.batch.targets)
            .set("loss", loss_)
            .set("d_prediction", end_.d_result);
        plan_mean(tape);
    }
};

}  // namespace

LossKind squared_error() {
    LossKind kind;
    kind.name = "squared_error";
    kind.takes = ActivationKind::real;
    kind.wants_numbers = true;
    kind.make = [](const LossEnd &end) { return std::make_unique<SquaredError>(end); };
    return kind;
}

}  // namespace fsd::training
