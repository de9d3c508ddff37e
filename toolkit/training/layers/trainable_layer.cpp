// Layers without parameters, and what all layers share.
#include "toolkit/training/layers/trainable_layer.h"

#include "runtime/layers/layer_kind.h"

#include <algorithm>

namespace fsd {

bool TrainableLayer::reads(BackwardRead::Which which) const {
    return std::any_of(reads_.begin(), reads_.end(),
                       [&](const BackwardRead &read) { return read.which == which; });
}

std::vector<std::string> TrainableLayer::ops() const {
    return {layer_kind(site_.layer().op).op_of(site_.layer())};
}

void TrainableLayer::bind(Step &step) {
    bind_scalars(step);
}

void TrainableLayer::plan_backward(Tape &tape, const Signal &input, const Signal &output) {
    Step &step = tape.add_step(ops().front() + "_backward");
    bind_backward(step, input, output);
    bind_rest(step, halide_argument_kind_input_buffer, output.gradient);
    bind_rest(step, halide_argument_kind_output_buffer, input.gradient);
}

void TrainableLayer::bind_backward(Step &step, const Signal &input, const Signal &output) {
    bind_scalars(step);
    for (const BackwardRead &read : reads_) {
        step.bind(read.argument, read.which == BackwardRead::input ? input.value : output.value);
    }
}

void TrainableLayer::bind_scalars(Step &step) const {
    const Layer &layer = site_.layer();
    const LayerKind &kind = layer_kind(layer.op);
    const halide_filter_metadata_t &about = *step.kernel().about;
    for (int i = 0; i < about.num_arguments; i++) {
        const std::string name = about.arguments[i].name;
        if (about.arguments[i].kind != halide_argument_kind_input_scalar) {
            continue;
        }
        if (kind.attribute(name)) {
            step.bind(name, layer.attribute(name));
        } else if (kind.number(name)) {
            step.bind(name, layer.number(name));
        }
    }
}

void bind_rest(Step &step, halide_argument_kind_t kind, const Activation &activation) {
    const halide_filter_metadata_t &about = *step.kernel().about;
    for (int i = 0; i < about.num_arguments; i++) {
        if (about.arguments[i].kind == kind && !step.is_bound(about.arguments[i].name)) {
            step.bind(about.arguments[i].name, activation);
        }
    }
}

}  // namespace fsd
