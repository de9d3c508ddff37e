// Bytes and floats as Bernoulli states or as scaled numbers.
#include "toolkit/onnx/onnx_input.h"

#include "runtime/layers/layer_kind.h"

namespace fsd {
namespace {

constexpr int onnx_float = 1;  // the type's number in ONNX

// [sample, y, x, color] to [sample, color, y, x].
void append_colors_first(OnnxChain &chain, const Input &input) {
    if (input.colors == 1) {
        chain.reshape({1, input.height, input.width});
    } else {
        chain.append("Transpose", {}, {{"perm", {0, 3, 1, 2}}});
    }
}

// (1 - p, p) for each color, p = v * unit, is a convolution of one site.
void append_states(OnnxChain &chain, const Input &input, float unit) {
    const int channels = 2 * input.colors;
    std::vector<float> filters, bias;
    for (int channel = 0; channel < channels; channel++) {
        const bool present = channel % 2 == 1;
        for (int color = 0; color < input.colors; color++) {
            filters.push_back(color != channel / 2 ? 0 : present ? unit : -unit);
        }
        bias.push_back(present ? 0 : 1);
    }
    chain.append("Conv", {chain.graph.numbers("states.filters", {channels, input.colors, 1, 1}, filters),
                          chain.graph.numbers("states.bias", {channels}, bias)});
}

// A number per color, unless all are `neutral`: then nothing happens.
void append_per_color(OnnxChain &chain, const Input &input, const std::string &op, const std::string &name,
                      double (Input::*number)(int) const, float neutral) {
    std::vector<float> values;
    bool matters = false;
    for (int color = 0; color < input.colors; color++) {
        values.push_back(static_cast<float>((input.*number)(color)));
        matters = matters || values.back() != neutral;
    }
    if (matters) {
        const Shape shape = chain.is_flat ? Shape{input.colors} : Shape{input.colors, 1, 1};
        chain.append(op, {chain.graph.numbers(name, shape, values)});
    }
}

}  // namespace

void append_input(OnnxChain &chain, const Model &model, OnnxNumbers numbers) {
    const Input &input = model.input;
    const OnnxValue value = onnx_input(model, numbers);
    const bool bytes = value.type == halide_type_of<uint8_t>();
    chain.value = chain.graph.input(value.name, value.type, value.shape);
    chain.is_flat = !input.takes_bytes();
    if (!chain.is_flat) {
        append_colors_first(chain, input);
    }
    if (bytes) {
        chain.append("Cast", {}, {{"to", onnx_float}});
    }
    if (input.kind != InputKind::bernoulli) {
        append_per_color(chain, input, "Mul", "input.scale", &Input::scale_of, 1);
        append_per_color(chain, input, "Add", "input.offset", &Input::offset_of, 0);
    } else if (!reads_success_probability(model)) {
        append_states(chain, input, bytes ? 1.f / 255 : 1.f);
    }
}

}  // namespace fsd
