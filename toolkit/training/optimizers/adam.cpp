// adam: steps by the mean of the gradients over their deviation (arXiv 1412.6980).
#include "toolkit/training/optimizers/optimizer_kind.h"

#include <cmath>

namespace fsd::training {
namespace {

constexpr double beta1 = 0.9, beta2 = 0.999, smallest_divisor = 1e-8;

class Adam : public Optimizer {
public:
    void plan(Tape &tape, const Tensor &values, const Tensor &gradient) override {
        for (const char *name : {"moment1", "moment2"}) {
            memory[name] = make_tensor<float>(shape_of(values));
        }
        call_ = &tape.add("adam");
        call_->set("parameter", values).set("updated_parameter", values).set("gradient", gradient);
        call_->set("moment1", memory["moment1"]).set("updated_moment1", memory["moment1"]);
        call_->set("moment2", memory["moment2"]).set("updated_moment2", memory["moment2"]);
        call_->set("beta1", beta1).set("beta2", beta2).set("epsilon", smallest_divisor);
    }

    void set_rate(double rate, double count) override {
        call_->set("rate", rate);
        call_->set("correction1", 1 - std::pow(beta1, count));
        call_->set("correction2", 1 - std::pow(beta2, count));
    }

private:
    Call *call_ = nullptr;
};

}  // namespace

OptimizerKind adam() {
    return {"adam", [](const OptimizerOptions &) { return std::make_unique<Adam>(); }};
}

}  // namespace fsd::training
