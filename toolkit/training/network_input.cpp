// One kernel per kind of input and type of its numbers, or none where the numbers are the activation already.
#include "toolkit/training/network_input.h"

#include "runtime/planning/unobserved.h"

namespace fsd {
namespace {

// [1, color]: the numbers of a pixel as states of one variable, which is all that the kernels must know.
Activation activation_of(const Tensor &inputs) {
    const Shape shape = shape_of(inputs);
    return {shape[0], {shape[1], shape[2], 1, shape[3]}, inputs};
}

Activation states_of(const Tensor &inputs, int states) {
    const Shape shape = shape_of(inputs);
    const Shape variables = {shape[1], shape[2], shape[3], states};
    return {shape[0], variables, make_tensor<float>({shape[0], shape[1], shape[2], shape[3] * states})};
}

Tensor per_color(const Input &input, double (Input::*number)(int) const) {
    Tensor tensor = make_tensor<float>({input.colors});
    for (int color = 0; color < input.colors; color++) {
        static_cast<float *>(tensor.data())[color] = static_cast<float>((input.*number)(color));
    }
    return tensor;
}

bool is_scaled(const Input &input) {
    for (int color = 0; color < input.colors; color++) {
        if (input.scale_of(color) != 1 || input.offset_of(color) != 0) {
            return true;
        }
    }
    return false;
}

Activation plan_bernoulli(Tape &tape, const Batch &batch, bool success_probability) {
    const Tensor &inputs = batch.inputs, mask = batch.mask;
    Activation result = states_of(inputs, success_probability ? 1 : 2);
    const bool bytes = inputs.type() == halide_type_of<std::uint8_t>();
    if (!bytes && success_probability) {
        result.numbers = inputs;
        return result;
    }
    if (!mask.data()) {
        tape.place().keep(result.numbers);
    }
    Step &step = tape.add_step(!bytes                ? "probability_states"
                               : success_probability ? "success_probability"
                                                     : "bernoulli_states");
    step.bind(bytes ? "image" : "probability", activation_of(inputs));
    step.bind_output(result);
    if (mask.data()) {
        tape.add("hide_unobserved", [mask, numbers = result.numbers, samples = result.samples,
                                     colors = result.shape[2]]() mutable {
            hide_unobserved(mask, 0, samples, colors, static_cast<float *>(numbers.data()));
        });
    }
    return result;
}

Activation plan_real(Tape &tape, const Input &input, const Tensor &inputs) {
    const bool bytes = inputs.type() == halide_type_of<std::uint8_t>();
    Activation result = activation_of(inputs);
    if (!bytes && !is_scaled(input)) {
        return result;
    }
    result.numbers = make_tensor<float>(shape_of(inputs));
    tape.place().keep(result.numbers);
    Step &step = tape.add_step(bytes ? "pixel_values" : "channel_affine");
    step.bind(bytes ? "image" : "features", activation_of(inputs));
    step.bind("slope", per_color(input, &Input::scale_of));
    step.bind("offset", per_color(input, &Input::offset_of));
    step.bind_output(result);
    return result;
}

}  // namespace

Activation plan_network_input(Tape &tape, const Input &input, const Batch &batch, bool success_probability) {
    return input.kind == InputKind::bernoulli ? plan_bernoulli(tape, batch, success_probability)
                                              : plan_real(tape, input, batch.inputs);
}

}  // namespace fsd
