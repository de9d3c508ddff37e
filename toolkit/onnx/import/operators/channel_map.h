// x -> slope x + offset per channel: what arithmetic with constants is to a chain.
#pragma once

#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd {

// One number for each channel from a constant that ONNX would broadcast to the chain's value; nothing, and a
// reason noted, where it differs between sites or samples.
std::optional<std::vector<double>> per_channel(const ImportChain &chain, const OnnxNode &node,
                                               const OnnxConstant &constant);

// In front of all layers it is the input's scaling; behind a layer with a bias, where the slope is 1, part of
// that; else a batch_norm.
void append_channel_map(ImportChain &chain, const OnnxNode &node, const std::vector<double> &slope,
                        const std::vector<double> &offset);

// What Add, Sub, Mul and Div are: of two numbers, and as a line where one is a constant c and the value is
// the left one or the right one. Nothing where it is no line.
struct Arithmetic {
    double (*of)(double, double);
    std::optional<std::pair<double, double>> (*line)(double c, bool value_is_left);  // slope, offset
};
void append_arithmetic(ImportChain &chain, const OnnxNode &node, std::size_t input,
                       const Arithmetic &arithmetic);
std::optional<OnnxConstant> folded_arithmetic(const OnnxNode &node, const Arithmetic &arithmetic);

}  // namespace fsd
