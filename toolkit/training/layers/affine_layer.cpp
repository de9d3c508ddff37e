// Raw parameters are the tensors of the model file.
#include "toolkit/training/layers/affine_layer.h"

#include "runtime/layers/layer_kind.h"

#include <cmath>

namespace fsd::training {
namespace {

class AffineLayer : public TrainableLayer {
public:
    AffineLayer(const LayerSite &site, LayerNumbers numbers, WeightGradient weight_gradient)
        : TrainableLayer(site, {{weight_gradient.features, BackwardRead::input}}),
          numbers_(std::move(numbers)),
          weight_gradient_(std::move(weight_gradient)) {}

    bool has_parameters() const override { return true; }

    void bind(Step &step) override {
        bind_scalars(step);
        for (const auto &[role, tensor] : numbers_.values) {
            step.bind(role, tensor);
        }
    }

    void plan_backward(Tape &tape, const Signal &input, const Signal &output) override {
        plan_bias(tape, output);
        plan_weight(tape, input, output);
        if (input.has_gradient()) {
            Step &features = tape.add_step(ops().front() + "_backward_features");
            bind_scalars(features);
            features.bind("d_preactivation", output.gradient);
            features.bind("weight", numbers_.values.at("weight"));
            features.bind("d_features", input.gradient);
        }
    }

private:
    // d bias = sum d_preactivation over what shares a bias: the gradient of a log-prior. Where each place of
    // the map has its own, only the samples share them.
    void plan_bias(Tape &tape, const Signal &output) {
        const Tensor &d_bias = numbers_.gradient.at("bias");
        const auto biases = static_cast<int>(d_bias.number_of_elements());
        const auto rows = static_cast<int>(output.gradient.numbers.number_of_elements()) / biases;
        tape.add("log_prior_backward")
            .set("d_log_evidence", reshaped(output.gradient.numbers, {rows, biases}))
            .set("d_log_prior", reshaped(d_bias, {biases}));
    }

    void plan_weight(Tape &tape, const Signal &input, const Signal &output) {
        Step &step = tape.add_step(weight_gradient_.op);
        bind_scalars(step);
        if (weight_gradient_.has_observations) {
            step.bind("observations", 1.0);
        }
        step.bind(weight_gradient_.features, input.value);
        step.bind(weight_gradient_.d_preactivation, output.gradient);
        step.bind(weight_gradient_.d_weight, numbers_.gradient.at("weight"));
    }

    const LayerNumbers numbers_;
    const WeightGradient weight_gradient_;
};

// Weights as PyTorch draws them: uniform with the variance 1 / (3 inputs). Biases begin at 0.
std::vector<RawParameter> affine_parameters(const LayerSite &site) {
    const std::vector<TensorRule> &tensors = layer_kind(site.layer().op).tensors;
    const Shape weight = tensors[0].shape(site.layer(), site.input.shape),
                bias = tensors[1].shape(site.layer(), site.input.shape);
    const double inputs =
        static_cast<double>(element_count(weight)) / static_cast<double>(element_count(bias));
    return {{tensors[0].role, weight, uniform(1 / std::sqrt(inputs)), true}, {tensors[1].role, bias}};
}

}  // namespace

TrainableKind affine_kind(const std::string &name,
                          const std::function<WeightGradient(const LayerSite &)> &weight_gradient) {
    TrainableKind kind;
    kind.name = name;
    kind.parameters = affine_parameters;
    kind.make = [weight_gradient](const LayerSite &site, const LayerNumbers &numbers) {
        return std::make_unique<AffineLayer>(site, numbers, weight_gradient(site));
    };
    return kind;
}

}  // namespace fsd::training
