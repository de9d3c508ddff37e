// ONNX's windows - pads of either side, dilations, auto_pad - and how a layer with one padding for both sides
// holds them.
#pragma once

#include "toolkit/onnx/import/onnx_operator.h"

#include <array>

namespace fsd {

struct OnnxWindowAxis {
    int extent = 1;  // of the map; 0 where the chain is not known
    int64_t kernel = 1, stride = 1, dilation = 1;
    int64_t begin = 0, end = 0;  // padding in front and behind
    int64_t beyond = 0;          // of `end`: what a last window needs that begins before and ends behind it

    int64_t reach() const { return (kernel - 1) * dilation + 1; }
    int64_t room() const { return extent + begin + end - reach(); }
    int64_t positions() const { return room() < 0 ? 0 : room() / stride + 1; }
};

using OnnxWindows = std::array<OnnxWindowAxis, 2>;  // y, x

// Reads strides, pads, dilations and auto_pad for a kernel of one or two axes; a kernel of one axis is a row.
// Notes at the node what cannot be, also that the chain's value is no map. Nothing where anything is refused.
std::optional<OnnxWindows> onnx_windows(const ImportChain &chain, const OnnxNode &node,
                                        const std::vector<int64_t> &kernel);

// The same windows with one padding: zeros around the kernel's taps make up for the difference.
struct EmbeddedAxis {
    int64_t window, padding, front;  // the first tap is number `front` of the window
};
EmbeddedAxis embedded(const OnnxWindowAxis &axis);

// A conv whose kernel [output, input / groups, y, x] has these windows, with zeros where taps are not next to
// each other.
void append_conv(ImportChain &chain, const OnnxNode &node, const OnnxWindows &windows, int groups,
                 int outputs, int inputs_of_group, const std::vector<float> &kernel,
                 const std::vector<float> &bias);

// The same with one kernel for every channel by itself, and as a helper in front of the node's own layer.
void append_depthwise(ImportChain &chain, const OnnxNode &node, const OnnxWindows &windows, float weight,
                      const std::string &suffix);

}  // namespace fsd
