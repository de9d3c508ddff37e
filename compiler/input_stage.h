// The numbers that the first layer of a compiled network reads, of what its caller gives.
#pragma once

#include "compiler/map.h"
#include "runtime/model.h"

#include <functional>

namespace fsd::compiler {

// What a C function takes.
enum class InputNumbers { bytes, floats };

// The numbers by which a network scales its input, at a channel.
using ChannelNumbers =
    std::function<Halide::Expr(const std::vector<float> &numbers, const Halide::Expr &channel)>;

// image: color, x, y, sample. `success_probability`: P(1) alone of each Bernoulli variable.
StageMap input_map(const Input &input, const Halide::ImageParam &image, bool success_probability,
                   const ChannelNumbers &channel_numbers);

// The same for networks of integers: bytes, in 255ths where the input is Bernoulli variables.
StageMap byte_map(const Input &input, const Halide::ImageParam &image, bool success_probability);

}  // namespace fsd::compiler
