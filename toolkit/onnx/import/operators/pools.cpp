// From ONNX's pools to ours.
#include "toolkit/onnx/import/operators/pools.h"

#include "runtime/layers/layer_kind.h"
#include "runtime/models/model_limits.h"
#include "runtime/signature.h"

#include <algorithm>

namespace fsd {
namespace {

// With ceil_mode a last window that is not full counts, if it begins in front of what is padded behind.
void round_up(OnnxWindowAxis &axis) {
    int64_t positions = (axis.room() + axis.stride - 1) / axis.stride + 1;
    positions -= (positions - 1) * axis.stride >= axis.extent + axis.begin ? 1 : 0;
    const int64_t missing = (positions - 1) * axis.stride - axis.room();
    axis.beyond = missing > 0 ? missing : 0;
    axis.end += axis.beyond;
}

Layer pool_layer(const std::string &kind, const OnnxWindows &windows) {
    Layer layer{kind, "", {}};
    for (std::size_t axis = 0; axis < 2; axis++) {
        const std::string name = axis == 0 ? "_y" : "_x";
        layer.attributes["pool_window" + name] = static_cast<int>(windows[axis].kernel);
        layer.attributes["pool_stride" + name] = static_cast<int>(windows[axis].stride);
    }
    return layer;
}

// A map without its last rows and columns: windows that see one site of it each.
void append_cut(ImportChain &chain, const OnnxNode &node, int64_t rows, int64_t columns) {
    OnnxWindows windows;
    windows[0].extent = chain.height;
    windows[0].kernel = 1 + rows;
    windows[1].extent = chain.width;
    windows[1].kernel = 1 + columns;
    const int channels = chain.channels;
    std::vector<float> weights(static_cast<std::size_t>((1 + rows) * (1 + columns) * channels), 0.F);
    std::fill(weights.begin(), weights.begin() + channels, 1.F);
    Layer layer{"conv",
                "",
                {{"window_y", static_cast<int>(1 + rows)},
                 {"window_x", static_cast<int>(1 + columns)},
                 {"channels", channels},
                 {"groups", channels}}};
    chain.append_helper(
        node, layer,
        {{"weight",
          float_tensor({static_cast<int>(1 + rows), static_cast<int>(1 + columns), 1, channels}, weights)},
         {"bias", float_tensor({channels}, std::vector<float>(channels, 0.F))}},
        "cut");
}

// How many rows of the map no window sees, where ours would see them in one more; -1: ours has no such
// windows.
int64_t unseen(const OnnxWindowAxis &axis) {
    const int64_t ours =
        pool_positions(axis.extent, static_cast<int>(axis.kernel), static_cast<int>(axis.stride));
    if (ours == axis.positions()) {
        return 0;
    }
    return ours > axis.positions() ? axis.extent - ((axis.positions() - 1) * axis.stride + axis.kernel) : -1;
}

bool has_negative(const Model &model, const std::string &name) {
    const Tensor &tensor = model.tensor(name);
    const auto *numbers = static_cast<const float *>(tensor.data());
    return std::any_of(numbers, numbers + tensor.number_of_elements(),
                       [](float number) { return number < 0; });
}

// Whether a layer gives no negative numbers where it reads none: a pool, or what stands for a part of one.
bool keeps_signs(const Model &model, const Layer &layer) {
    return layer_kind(layer.op).pools ||
           (layer.op == "conv" && !has_negative(model, layer.name + ".weight") &&
            !has_negative(model, layer.name + ".bias"));
}

bool is_non_negative(const Model &model) {
    const auto last = std::find_if(model.layers.rbegin(), model.layers.rend(),
                                   [&](const Layer &layer) { return !keeps_signs(model, layer); });
    return last != model.layers.rend() &&
           (last->op == "relu" || last->op == "sigmoid" ||
            layer_kind(last->op).gives(ActivationKind::real) == ActivationKind::probability);
}

}  // namespace

std::optional<OnnxWindows> pool_windows(const ImportChain &chain, const OnnxNode &node) {
    const bool rounds_up = node.integer("ceil_mode", 0) != 0;
    std::optional<OnnxWindows> windows = onnx_windows(chain, node, node.integers("kernel_shape", {}));
    for (std::size_t axis = 0; windows && axis < 2; axis++) {
        OnnxWindowAxis &window = (*windows)[axis];
        if (rounds_up && window.reach() <= most_extent) {
            round_up(window);
        }
        if (window.begin >= window.reach()) {
            node.refuse("its first windows lie outside of the map.");
            return std::nullopt;
        }
    }
    return windows;
}

bool needs_padding(const OnnxWindows &windows) {
    return windows[0].begin > 0 || windows[1].begin > 0 || unseen(windows[0]) < 0 || unseen(windows[1]) < 0;
}

bool pad_non_negative(ImportChain &chain, const OnnxNode &node, OnnxWindows &windows) {
    if (!is_non_negative(chain.model)) {
        return false;
    }
    OnnxWindows shift;
    for (std::size_t axis = 0; axis < 2; axis++) {
        OnnxWindowAxis &window = windows[axis];
        shift[axis].extent = window.extent;
        shift[axis].begin = window.begin;
        shift[axis].end = std::max<int64_t>(0, window.end - window.room() % window.stride);
    }
    append_depthwise(chain, node, shift, 1, "pad");
    for (std::size_t axis = 0; axis < 2; axis++) {
        windows[axis].extent = axis == 0 ? chain.height : chain.width;
        windows[axis].begin = windows[axis].end = 0;
    }
    return true;
}

void append_pool(ImportChain &chain, const OnnxNode &node, const OnnxWindows &windows,
                 const std::string &kind) {
    if (node.is_refused()) {
        return;
    }
    const int64_t rows = unseen(windows[0]), columns = unseen(windows[1]);
    if (rows < 0 || columns < 0) {
        node.refuse("it has a window more at the end of the map than the pools that a chain has.");
        return;
    }
    if (rows > 0 || columns > 0) {
        append_cut(chain, node, rows, columns);
    }
    chain.append(node, pool_layer(kind, windows));
}

void append_global_pool(ImportChain &chain, const OnnxNode &node, const std::string &kind) {
    if (!chain.known) {
        return;
    }
    if (chain.order != AxisOrder::channels_first) {
        node.refuse("what it reads is no map with its channels first.");
        return;
    }
    OnnxWindows windows;
    windows[0].kernel = windows[0].stride = chain.height;
    windows[1].kernel = windows[1].stride = chain.width;
    chain.append(node, pool_layer(kind, windows));
}

}  // namespace fsd
