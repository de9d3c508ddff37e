// sgd: stochastic gradient descent with momentum.
#include "toolkit/training/optimizers/optimizer_kind.h"

namespace fsd::training {
namespace {

class Sgd : public Optimizer {
public:
    explicit Sgd(double momentum) : momentum_(momentum) {}

    void plan(Tape &tape, const Tensor &values, const Tensor &gradient) override {
        memory["velocity"] = make_tensor<float>(shape_of(values));
        call_ = &tape.add("momentum");
        call_->set("parameter", values).set("updated_parameter", values).set("gradient", gradient);
        call_->set("velocity", memory["velocity"]).set("updated_velocity", memory["velocity"]);
        call_->set("momentum", momentum_);
    }

    void set_rate(double rate, double) override { call_->set("rate", rate); }

private:
    const double momentum_;
    Call *call_ = nullptr;
};

}  // namespace

OptimizerKind sgd() {
    return {"sgd", [](const OptimizerOptions &options) { return std::make_unique<Sgd>(options.momentum); }};
}

}  // namespace fsd::training
