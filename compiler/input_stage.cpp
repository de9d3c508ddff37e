// The formulas of the kernels that read inputs.
#include "compiler/input_stage.h"

#include "generators/bernoulli.h"
#include "generators/strict.h"

namespace fsd::compiler {
namespace {

using Halide::Expr;

class InputStage {
public:
    InputStage(const Input &input, const Halide::ImageParam &image) : input_(input), image_(image) {}

    template<typename Formula>
    StageMap map(int groups, int states, const Formula &formula) const {
        Halide::Func values("pixels");
        values(channel_, x_, y_, sample_) = formula(channel_);
        return {values, input_.width, input_.height, groups, states};
    }

    Expr given(const Expr &color) const { return image_(color, x_, y_, sample_); }
    bool has_bytes() const { return image_.type() == Halide::UInt(8); }

private:
    Halide::Var channel_{"channel"}, x_{"x"}, y_{"y"}, sample_{"sample"};
    const Input &input_;
    const Halide::ImageParam &image_;
};

std::vector<float> per_color(const Input &input, double (Input::*number)(int) const) {
    std::vector<float> numbers;
    for (int color = 0; color < input.colors; color++) {
        numbers.push_back(static_cast<float>((input.*number)(color)));
    }
    return numbers;
}

// (1 - p, p).
Expr of_state(const Expr &probability, const Expr &state) {
    return select(state == 0, strict_difference(1.f, probability), probability);
}

}  // namespace

StageMap input_map(const Input &input, const Halide::ImageParam &image, bool success_probability,
                   const ChannelNumbers &channel_numbers) {
    const InputStage stage(input, image);
    if (input.kind == InputKind::bernoulli && success_probability) {
        return stage.map(input.colors, 1, [&](const Expr &channel) {
            return stage.has_bytes() ? probability_of_one(stage.given(channel)) : stage.given(channel);
        });
    }
    if (input.kind == InputKind::bernoulli) {
        return stage.map(input.colors, 2, [&](const Expr &channel) {
            const Expr given = stage.given(channel / 2), state = channel % 2;
            return stage.has_bytes() ? probability_of_state(given, state) : of_state(given, state);
        });
    }
    const std::vector<float> scale = per_color(input, &Input::scale_of),
                             offset = per_color(input, &Input::offset_of);
    return stage.map(1, input.colors, [&](const Expr &channel) {
        const Expr value = Halide::cast<float>(stage.given(channel));
        const Expr product = strict_product(channel_numbers(scale, channel), value);
        return strict_sum(product, channel_numbers(offset, channel));
    });
}

StageMap byte_map(const Input &input, const Halide::ImageParam &image, bool success_probability) {
    const InputStage stage(input, image);
    if (success_probability) {
        return stage.map(input.colors, 1, [&](const Expr &channel) { return stage.given(channel); });
    }
    return stage.map(input.colors, 2, [&](const Expr &channel) {
        return byte_of_state(stage.given(channel / 2), channel % 2);
    });
}

}  // namespace fsd::compiler
