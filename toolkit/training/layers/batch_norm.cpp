// batch_norm: normalizes with the statistics of the batch and keeps running ones for inference, as PyTorch
// does: running = 0.9 running + 0.1 of the batch, with the unbiased variance.
#include "toolkit/training/layers/trainable_kind.h"

#include <algorithm>

namespace fsd::training {
namespace {

constexpr double share_of_batch = 0.1;

class BatchNorm : public TrainableLayer {
public:
    BatchNorm(const LayerSite &site, LayerNumbers numbers)
        : TrainableLayer(site, {{"preactivation", BackwardRead::input}}), numbers_(std::move(numbers)) {
        for (const char *statistic : {"mean", "variance"}) {
            of_batch_[statistic] = make_tensor<float>(shape_of(numbers_.state.at(statistic)));
        }
    }

    bool has_parameters() const override { return true; }
    std::vector<std::string> ops() const override { return {"batch_norm"}; }

    void bind(Step &step) override {
        bind_scalars(step);
        for (const auto &[role, tensor] : numbers_.values) {
            step.bind(role, tensor);
        }
        for (const auto &[statistic, tensor] : of_batch_) {
            step.bind(statistic, tensor);
        }
    }

    void plan_results(Tape &tape, const Activation &output) override {
        const int sites = output.samples * output.shape[0] * output.shape[1];
        const double unbiased = static_cast<double>(sites) / std::max(sites - 1, 1);
        tape.add("running", [this, unbiased] {
            mix(of_batch_.at("mean"), numbers_.state.at("mean"), 1);
            mix(of_batch_.at("variance"), numbers_.state.at("variance"), unbiased);
        });
    }

    void plan_backward(Tape &tape, const Signal &input, const Signal &output) override {
        if (!input.has_gradient()) {  // the kernel gives it nevertheless
            unwanted_ = input.value;
            unwanted_.numbers = make_tensor<float>(shape_of(input.value.numbers));
        }
        Step &step = tape.add_step("batch_norm_backward");
        bind_scalars(step);
        step.bind("preactivation", input.value);
        step.bind("mean", of_batch_.at("mean"));
        step.bind("variance", of_batch_.at("variance"));
        step.bind("scale", numbers_.values.at("scale"));
        step.bind("d_normalized", output.gradient);
        step.bind("d_scale", numbers_.gradient.at("scale"));
        step.bind("d_shift", numbers_.gradient.at("shift"));
        step.bind("d_preactivation", input.has_gradient() ? input.gradient : unwanted_);
    }

private:
    static void mix(const Tensor &of_batch, const Tensor &running, double factor) {
        const auto *from = static_cast<const float *>(of_batch.data());
        auto *to = static_cast<float *>(const_cast<void *>(running.data()));
        for (std::size_t i = 0; i < of_batch.number_of_elements(); i++) {
            to[i] = static_cast<float>((1 - share_of_batch) * to[i] + share_of_batch * factor * from[i]);
        }
    }

    const LayerNumbers numbers_;
    std::map<std::string, Tensor> of_batch_;
    Activation unwanted_;
};

Shape per_channel(const LayerSite &site) {
    return {site.input.channels()};
}

}  // namespace

TrainableKind batch_norm() {
    TrainableKind kind;
    kind.name = "batch_norm";
    kind.parameters = [](const LayerSite &site) {
        return std::vector<RawParameter>{{"scale", per_channel(site), constant(1)},
                                         {"shift", per_channel(site)}};
    };
    kind.state = [](const LayerSite &site) {
        return std::vector<RunningState>{{"mean", per_channel(site), 0}, {"variance", per_channel(site), 1}};
    };
    kind.make = [](const LayerSite &site, const LayerNumbers &numbers) {
        return std::make_unique<BatchNorm>(site, numbers);
    };
    return kind;
}

}  // namespace fsd::training
