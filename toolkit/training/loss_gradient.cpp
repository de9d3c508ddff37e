// Forward through the layers to the loss, then back.
#include "toolkit/training/loss_gradient.h"

#include "toolkit/training/network_input.h"

namespace fsd {
namespace {

ActivationKind end_of(const TrainableNetwork &network) {
    return network.site(network.layers() - 1).output.kind;
}

// [sample, number].
Tensor rows_of(const Activation &activation) {
    const auto numbers = static_cast<int>(element_count(activation.shape));
    return reshaped(activation.numbers, {activation.samples, numbers});
}

}  // namespace

LossGradient::LossGradient(const TrainableNetwork &network, const std::string &loss,
                           const BatchFormat &format, const std::string &device, LayerDone layer_done)
    : network_(network),
      kind_(loss_kind(loss, end_of(network))),
      samples_(format.samples),
      class_weights_(format.class_weights),
      layer_done_(std::move(layer_done)),
      forward_(Place::on(device, mirrors_.get())),
      backward_(Place::on(device, mirrors_.get())),
      signals_(network.layers() + 1) {
    check_class_weights(kind_, class_weights_);
    const Input &input = network.description().input;
    batch.inputs = make_tensor(format.floats ? halide_type_of<float>() : halide_type_of<std::uint8_t>(),
                               {samples_, input.height, input.width, input.colors});
    if (format.masked) {
        batch.mask = make_tensor<std::uint8_t>({samples_, input.height, input.width, 1});
    }
    if (format.labels) {
        batch.labels = make_tensor<std::int32_t>({samples_});
    }
    if (kind_.wants_numbers) {
        const Shape &end = network.site(network.layers() - 1).output.shape;
        batch.targets = make_tensor<float>({samples_, static_cast<int>(element_count(end))});
    }
    for (std::size_t i = 0; i < network.layers(); i++) {
        layers_.push_back(network.make_layer(i));
    }
    while (!layers_[first_]->has_parameters()) {
        first_++;
    }
    plan_forward();
    plan_loss(format.whole);
    plan_backward();
}

// What no kernel but those of the layers touches stays on a device.
Activation LossGradient::activation_behind(std::size_t layers, bool on_device) const {
    const ActivationType &type = layers == 0 ? network_.site(0).input : network_.site(layers - 1).output;
    const Shape &shape = type.shape;
    Activation activation{samples_, shape,
                          make_tensor<float>({samples_, shape[0], shape[1], shape[2] * shape[3]})};
    if (on_device) {
        forward_.place().keep(activation.numbers);
    }
    return activation;
}

// Operations are those of the last layer with parameters.
void LossGradient::begin(Tape &tape, std::size_t layer) const {
    while (layer > 0 && network_.site(layer).layer().name.empty()) {
        layer--;
    }
    tape.begin(network_.site(layer).layer().name);
}

void LossGradient::plan_forward() {
    const std::vector<LayerRun> runs = forward_runs(layers_, forward_.place());
    const bool success_probability = !batch.mask.data() &&
                                     network_.description().input.kind == InputKind::bernoulli &&
                                     layers_.front()->can_take_success_probability();
    if (success_probability) {
        layers_.front()->take_success_probability();
    }
    signals_[0].value =
        plan_network_input(forward_, network_.description().input, batch, success_probability);
    for (const LayerRun &run : runs) {
        plan_run(run);
    }
}

void LossGradient::plan_run(const LayerRun &run) {
    signals_[run.end].value = activation_behind(run.end, run.end < layers_.size());
    begin(forward_, run.first);
    for (std::size_t layer = run.first; layer < run.end; layer++) {
        layers_[layer]->plan_arguments(forward_);
    }
    Step &step = forward_.add_step(run.op);
    for (std::size_t layer = run.first; layer < run.end; layer++) {
        layers_[layer]->bind(step);
    }
    bind_rest(step, halide_argument_kind_input_buffer, signals_[run.first].value);
    bind_rest(step, halide_argument_kind_output_buffer, signals_[run.end].value);
    step.check();
    for (std::size_t layer = run.first; layer < run.end; layer++) {
        layers_[layer]->plan_results(forward_, signals_[run.end].value);
    }
}

void LossGradient::plan_loss(int whole) {
    const std::size_t last = layers_.size() - 1;
    through_last_layer_ =
        last > first_ && !kind_.through.empty() && layers_[last]->ops().front() == kind_.through;
    Signal &end = signals_[through_last_layer_ ? last : last + 1];
    end.gradient = activation_behind(last + 1, false);
    begin(forward_, last);
    loss_ = kind_.make({rows_of(signals_[last + 1].value), rows_of(end.gradient), batch, through_last_layer_,
                        class_weights_, whole});
    loss_->plan(forward_);
}

void LossGradient::plan_backward() {
    const std::size_t end = through_last_layer_ ? layers_.size() - 1 : layers_.size();
    for (const LayerRun &run : backward_runs(layers_, first_, end, backward_.place())) {
        if (run.first > first_) {
            signals_[run.first].gradient = activation_behind(run.first, true);
        }
        plan_backward(run);
    }
}

void LossGradient::plan_backward(const LayerRun &run) {
    begin(backward_, run.first);
    const Signal &output = signals_[run.end];
    if (run.op.empty()) {
        layers_[run.first]->plan_backward(backward_, signals_[run.first], output);
        if (layer_done_) {
            backward_.add("sum_of_parts", [this, layer = run.first] { layer_done_(layer); });
        }
        return;
    }
    Step &step = backward_.add_step(run.op);
    for (std::size_t layer = run.first; layer < run.end; layer++) {
        layers_[layer]->bind_backward(step, signals_[layer], signals_[layer + 1]);
    }
    bind_rest(step, halide_argument_kind_input_buffer, output.gradient);
    bind_rest(step, halide_argument_kind_output_buffer, signals_[run.first].gradient);
}

void LossGradient::run() {
    forward_.run();
    backward_.run();
}

void LossGradient::measure() {
    forward_.measure();
    backward_.measure();
}

std::map<std::string, Tape::Timing> LossGradient::timings() const {
    std::map<std::string, Tape::Timing> timings;
    forward_.add_timings(timings);
    backward_.add_timings(timings);
    return timings;
}

}  // namespace fsd
