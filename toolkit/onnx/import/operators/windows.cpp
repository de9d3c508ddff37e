// The arithmetic of ONNX's windows.
#include "toolkit/onnx/import/operators/windows.h"

#include "runtime/formats/json_text.h"
#include "runtime/models/model_limits.h"

#include <algorithm>

namespace fsd {
namespace {

// As many numbers as the kernel has axes, between the bounds; a row in front of those of one axis.
std::optional<std::array<int64_t, 2>> per_axis(const OnnxNode &node, const std::string &name,
                                               std::size_t axes, int64_t standard, int64_t least) {
    const std::vector<int64_t> given = node.integers(name, std::vector<int64_t>(axes, standard));
    const bool fits = std::all_of(given.begin(), given.end(),
                                  [&](int64_t number) { return number >= least && number <= most_extent; });
    if (given.size() != axes || !fits) {
        node.refuse(
            text("its ", name, " must be ", axes, " numbers between ", least, " and ", most_extent, "."));
        return std::nullopt;
    }
    return std::array<int64_t, 2>{axes == 1 ? standard : given[0], given.back()};
}

bool read_pads(const OnnxNode &node, std::size_t axes, OnnxWindows &windows) {
    const std::vector<int64_t> pads = node.integers("pads", std::vector<int64_t>(2 * axes, 0));
    const bool fits =
        std::all_of(pads.begin(), pads.end(), [](int64_t pad) { return pad >= 0 && pad <= most_extent; });
    if (pads.size() != 2 * axes || !fits) {
        node.refuse(text("its pads must be ", 2 * axes, " numbers between 0 and ", most_extent,
                         "; a negative one would cut the map."));
        return false;
    }
    for (std::size_t axis = 0; axis < axes; axis++) {
        OnnxWindowAxis &window = windows[axis + 2 - axes];
        window.begin = pads[axis];
        window.end = pads[axis + axes];
    }
    return true;
}

// As many positions as strides fit into the map; an odd pad goes behind it, or in front of it.
void pad_to_same(OnnxWindowAxis &axis, bool behind) {
    const int64_t positions = (axis.extent + axis.stride - 1) / axis.stride;
    const int64_t pads = std::max<int64_t>(0, (positions - 1) * axis.stride + axis.reach() - axis.extent);
    axis.begin = behind ? pads / 2 : pads - pads / 2;
    axis.end = pads - axis.begin;
}

bool read_padding(const OnnxNode &node, std::size_t axes, OnnxWindows &windows) {
    const std::string mode = node.word("auto_pad", "NOTSET");
    if (mode == "NOTSET") {
        return read_pads(node, axes, windows);
    }
    node.ignore("pads");
    if (mode == "VALID") {
        return true;
    }
    if (mode != "SAME_UPPER" && mode != "SAME_LOWER") {
        node.refuse(text("its auto_pad ", fsd::quoted(mode), " is none that ONNX has."));
        return false;
    }
    for (OnnxWindowAxis &axis : windows) {
        pad_to_same(axis, mode == "SAME_UPPER");
    }
    return true;
}

bool is_readable(const ImportChain &chain, const OnnxNode &node, std::size_t axes) {
    if (axes < 1 || axes > 2) {
        node.refuse(text("its windows have ", axes, " axes; maps have two, y and x."));
        return false;
    }
    if (!chain.known) {
        return true;
    }
    if (chain.order != AxisOrder::channels_first || chain.rank() != static_cast<int64_t>(axes) + 2) {
        node.refuse(text("its windows have ", axes, " axes, but what it reads is no map [sample, channel",
                         axes == 2 ? ", y" : "", ", x]."));
        return false;
    }
    return true;
}

std::vector<float> with_zeros(const OnnxWindows &windows, const std::array<EmbeddedAxis, 2> &to, int rows,
                              const std::vector<float> &kernel) {
    const auto &[y, x] = windows;
    std::vector<float> weights(static_cast<std::size_t>(to[0].window * to[1].window * rows), 0.F);
    for (int64_t tap_y = 0; tap_y < y.kernel; tap_y++) {
        for (int64_t tap_x = 0; tap_x < x.kernel; tap_x++) {
            const int64_t position =
                (to[0].front + tap_y * y.dilation) * to[1].window + to[1].front + tap_x * x.dilation;
            for (int row = 0; row < rows; row++) {
                weights[static_cast<std::size_t>(position * rows + row)] =
                    kernel[static_cast<std::size_t>((tap_y * x.kernel + tap_x) * rows + row)];
            }
        }
    }
    return weights;
}

// [output, input, y, x] to [y, x, input, output].
std::vector<float> outputs_last(const OnnxWindows &windows, int outputs, int inputs,
                                const std::vector<float> &kernel) {
    const auto taps = static_cast<std::size_t>(windows[0].kernel * windows[1].kernel);
    const auto rows = static_cast<std::size_t>(inputs);
    std::vector<float> out(kernel.size());
    for (std::size_t output = 0; output < static_cast<std::size_t>(outputs); output++) {
        for (std::size_t input = 0; input < rows; input++) {
            for (std::size_t tap = 0; tap < taps; tap++) {
                out[(tap * rows + input) * outputs + output] = kernel[(output * rows + input) * taps + tap];
            }
        }
    }
    return out;
}

Layer conv_layer(const OnnxWindows &windows, const std::array<EmbeddedAxis, 2> &to, int groups, int outputs) {
    Layer layer{"conv", "", {}};
    for (std::size_t axis = 0; axis < 2; axis++) {
        const std::string name = axis == 0 ? "_y" : "_x";
        layer.attributes["window" + name] = static_cast<int>(to[axis].window);
        layer.attributes["stride" + name] = static_cast<int>(windows[axis].stride);
        layer.attributes["padding" + name] = static_cast<int>(to[axis].padding);
    }
    layer.attributes["channels"] = outputs;
    layer.attributes["groups"] = groups;
    return layer;
}

bool fits(const OnnxNode &node, const std::array<EmbeddedAxis, 2> &to, int64_t rows) {
    const auto &[y, x] = to;
    if (y.window > most_extent || x.window > most_extent ||
        y.window * x.window > most_constant_numbers / std::max<int64_t>(rows, 1)) {
        node.refuse(text("with its dilations and pads the windows would be ", y.window, " x ", x.window,
                         " sites, too large to store."));
        return false;
    }
    return true;
}

}  // namespace

std::optional<OnnxWindows> onnx_windows(const ImportChain &chain, const OnnxNode &node,
                                        const std::vector<int64_t> &kernel) {
    const std::size_t axes = kernel.size();
    if (!is_readable(chain, node, axes)) {
        for (const char *name : {"strides", "pads", "dilations", "auto_pad"}) {
            node.ignore(name);
        }
        return std::nullopt;
    }
    OnnxWindows windows;
    const auto strides = per_axis(node, "strides", axes, 1, 1),
               dilations = per_axis(node, "dilations", axes, 1, 1);
    for (std::size_t axis = 0; axis < 2; axis++) {
        OnnxWindowAxis &window = windows[axis];
        window.extent = !chain.known ? 0 : axis == 0 ? chain.height : chain.width;
        window.kernel = axis + axes < 2 ? 1 : kernel[axis + axes - 2];
        window.stride = strides ? (*strides)[axis] : 1;
        window.dilation = dilations ? (*dilations)[axis] : 1;
        if (window.kernel < 1 || window.kernel > most_extent) {
            node.refuse(text("its kernel must have between 1 and ", most_extent, " sites along each axis."));
        }
    }
    const bool padded = read_padding(node, axes, windows);
    if (!padded || node.is_refused() || !chain.known) {
        return std::nullopt;
    }
    for (const OnnxWindowAxis &axis : windows) {
        if (axis.positions() < 1) {
            node.refuse(text("its windows of ", axis.reach(), " sites do not fit into ", axis.extent,
                             " with pads of ", axis.begin, " and ", axis.end, "."));
            return std::nullopt;
        }
    }
    return windows;
}

EmbeddedAxis embedded(const OnnxWindowAxis &axis) {
    // Behind the last window may be any padding below a stride: the one next to that in front costs no zeros.
    const int64_t least = axis.end - axis.room() % axis.stride, most = least + axis.stride - 1;
    const int64_t end = std::min(most, std::max({least, axis.begin, int64_t(0)}));
    const int64_t padding = std::max({axis.begin, end, axis.begin + end - axis.reach() + 1});
    const int64_t front = padding - axis.begin, behind = padding - end;
    return {axis.reach() + front + behind, padding, front};
}

void append_conv(ImportChain &chain, const OnnxNode &node, const OnnxWindows &windows, int groups,
                 int outputs, int inputs_of_group, const std::vector<float> &kernel,
                 const std::vector<float> &bias) {
    const std::array<EmbeddedAxis, 2> to = {embedded(windows[0]), embedded(windows[1])};
    const int64_t rows = int64_t(inputs_of_group) * outputs;
    if (!fits(node, to, rows)) {
        return;
    }
    const std::vector<float> weights = with_zeros(windows, to, static_cast<int>(rows),
                                                  outputs_last(windows, outputs, inputs_of_group, kernel));
    chain.append(node, conv_layer(windows, to, groups, outputs),
                 {{"weight", float_tensor({static_cast<int>(to[0].window), static_cast<int>(to[1].window),
                                           inputs_of_group, outputs},
                                          weights)},
                  {"bias", float_tensor({outputs}, bias)}});
}

void append_depthwise(ImportChain &chain, const OnnxNode &node, const OnnxWindows &windows, float weight,
                      const std::string &suffix) {
    const std::array<EmbeddedAxis, 2> to = {embedded(windows[0]), embedded(windows[1])};
    const int channels = chain.channels;
    if (!fits(node, to, channels)) {
        return;
    }
    const std::vector<float> kernel(
        static_cast<std::size_t>(windows[0].kernel * windows[1].kernel * channels), weight);
    chain.append_helper(node, conv_layer(windows, to, channels, channels),
                        {{"weight", float_tensor({static_cast<int>(to[0].window),
                                                  static_cast<int>(to[1].window), 1, channels},
                                                 with_zeros(windows, to, channels, kernel))},
                         {"bias", float_tensor({channels}, std::vector<float>(channels, 0.F))}},
                        suffix);
}

}  // namespace fsd
