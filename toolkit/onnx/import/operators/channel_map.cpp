// Arithmetic with constants.
#include "toolkit/onnx/import/operators/channel_map.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

void scale_input(Input &input, const std::vector<double> &slope, const std::vector<double> &offset) {
    std::vector<double> scale, shift;
    for (int color = 0; color < input.colors; color++) {
        const auto i = static_cast<std::size_t>(color);
        scale.push_back(input.scale_of(color) * slope[i]);
        shift.push_back(input.offset_of(color) * slope[i] + offset[i]);
    }
    input.scale = scale;
    input.offset = shift;
}

// The bias of the last layer; nullptr where it has none.
Tensor *last_bias(Model &model) {
    const auto found = model.tensors.find(model.layers.back().name + ".bias");
    return found == model.tensors.end() ? nullptr : &found->second;
}

// The shape that two constants have together; nothing where they do not broadcast.
std::optional<std::vector<int64_t>> broadcast(const std::vector<int64_t> &a, const std::vector<int64_t> &b) {
    std::vector<int64_t> shape(std::max(a.size(), b.size()), 1);
    for (const std::vector<int64_t> *each : {&a, &b}) {
        for (std::size_t i = 0; i < each->size(); i++) {
            int64_t &extent = shape[shape.size() - each->size() + i];
            if (extent != 1 && (*each)[i] != 1 && extent != (*each)[i]) {
                return std::nullopt;
            }
            extent = (*each)[i] == 1 ? extent : (*each)[i];
        }
    }
    return shape;
}

// Where the element of a constant lies that belongs to number `index` of the broadcast shape.
std::size_t place_of(int64_t index, const std::vector<int64_t> &shape, const std::vector<int64_t> &of) {
    int64_t place = 0, step = 1;
    for (std::size_t i = 0; i < shape.size(); i++) {
        const std::size_t axis = shape.size() - 1 - i;
        const int64_t at = index % shape[axis];
        index /= shape[axis];
        if (i < of.size() && of[of.size() - 1 - i] != 1) {
            place += at * step;
            step *= of[of.size() - 1 - i];
        }
    }
    return static_cast<std::size_t>(place);
}

}  // namespace

std::optional<std::vector<double>> per_channel(const ImportChain &chain, const OnnxNode &node,
                                               const OnnxConstant &constant) {
    const auto channels = static_cast<std::size_t>(chain.channels);
    if (constant.reals.size() == 1) {
        return std::vector<double>(channels, constant.reals.front());
    }
    const auto axes = static_cast<int64_t>(constant.shape.size());
    const bool is_flat_map = chain.order == AxisOrder::flat && !chain.is_one_site();
    bool fits = !is_flat_map && axes <= chain.rank() && constant.reals.size() == channels;
    for (int64_t axis = 0; axis < axes; axis++) {
        const bool is_channel = chain.rank() - axes + axis == chain.channel_axis();
        fits = fits && (constant.shape[static_cast<std::size_t>(axis)] == 1 || is_channel);
    }
    if (!fits) {
        node.refuse("its constant is neither one number nor one for each channel of the value.");
        return std::nullopt;
    }
    return std::vector<double>(constant.reals.begin(), constant.reals.end());
}

void append_channel_map(ImportChain &chain, const OnnxNode &node, const std::vector<double> &slope,
                        const std::vector<double> &offset) {
    const auto channels = static_cast<int>(slope.size());
    if (chain.model.layers.empty()) {
        scale_input(chain.model.input, slope, offset);
        return;
    }
    Tensor *bias = last_bias(chain.model);
    if (bias && std::all_of(slope.begin(), slope.end(), [](double number) { return number == 1; })) {
        for (int i = 0; i < channels; i++) {
            static_cast<float *>(bias->data())[i] += static_cast<float>(offset[static_cast<std::size_t>(i)]);
        }
        return;
    }
    Layer layer{"batch_norm", "", {}, {{"epsilon", 1e-12}}};  // beside a variance of 1 it is nothing
    const std::vector<float> zeros(slope.size(), 0.F), ones(slope.size(), 1.F);
    chain.append(node, layer,
                 {{"scale", float_tensor({channels}, std::vector<float>(slope.begin(), slope.end()))},
                  {"shift", float_tensor({channels}, std::vector<float>(offset.begin(), offset.end()))},
                  {"mean", float_tensor({channels}, zeros)},
                  {"variance", float_tensor({channels}, ones)}});
}

void append_arithmetic(ImportChain &chain, const OnnxNode &node, std::size_t input,
                       const Arithmetic &arithmetic) {
    const OnnxConstant *constant = node.reals(1 - input);
    if (!constant || !chain.known) {
        return;
    }
    const auto numbers = per_channel(chain, node, *constant);
    std::vector<double> slopes, offsets;
    for (std::size_t i = 0; numbers && i < numbers->size(); i++) {
        const auto line = arithmetic.line((*numbers)[i], input == 0);
        if (!line || !std::isfinite(line->first) || !std::isfinite(line->second)) {
            node.refuse("it divides by the value, or by zero; no layer does that.");
            return;
        }
        slopes.push_back(line->first);
        offsets.push_back(line->second);
    }
    if (numbers) {
        append_channel_map(chain, node, slopes, offsets);
    }
}

std::optional<OnnxConstant> folded_arithmetic(const OnnxNode &node, const Arithmetic &arithmetic) {
    const OnnxConstant *a = node.reals(0), *b = node.reals(1);
    if (!a || !b) {
        return std::nullopt;
    }
    const auto shape = broadcast(a->shape, b->shape);
    const int64_t count = shape ? count_of(*shape) : -1;
    if (count < 0) {
        node.refuse("its two constants do not fit each other.");
        return std::nullopt;
    }
    std::vector<float> values;
    for (int64_t i = 0; i < count; i++) {
        values.push_back(static_cast<float>(
            arithmetic.of(a->reals[place_of(i, *shape, a->shape)], b->reals[place_of(i, *shape, b->shape)])));
    }
    return real_constant(*shape, std::move(values));
}

}  // namespace fsd
