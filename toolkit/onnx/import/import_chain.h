// The network that grows while a graph is walked through, and how ONNX sees its last activation.
#pragma once

#include "runtime/model.h"
#include "toolkit/onnx/import/onnx_node.h"

namespace fsd {

// How the axes of ONNX's value lie to ours, [sample, y, x, channel].
enum class AxisOrder {
    channels_first,  // [sample, channel, y, x], or [sample, channel, x] of a map of one row
    channels_last,   // [sample, y, x, channel]
    flat,            // [sample, number]: channels_first or channels_last in one axis
};

class ImportChain {
public:
    Model model;

    // The map that the last layer gives: sites and channels.
    int height = 1, width = 1, channels = 1;
    AxisOrder order = AxisOrder::flat;
    bool flat_from_channels_last = false;  // how a flat value was counted
    bool has_rows = true;                  // false: one axis of sites in place of y and x

    // Samples that the graph's input declares; -1: any number.
    int64_t samples = -1;

    // Behind a node that was refused nobody knows what the value is: attributes can still be judged, shapes
    // no longer.
    bool known = true;

    // The axes of the value behind the samples.
    std::vector<int64_t> axes() const;
    int64_t numbers() const { return int64_t(height) * width * channels; }
    // The number of its axes with the samples.
    int64_t rank() const { return static_cast<int64_t>(axes().size()) + 1; }
    int64_t channel_axis() const { return order == AxisOrder::channels_last ? rank() - 1 : 1; }
    bool is_map() const { return order != AxisOrder::flat; }
    bool is_one_site() const { return height == 1 && width == 1; }

    // Appends a layer of the kind, with tensors by role, and follows its shape; notes at the node why it
    // cannot be there. `label` is what the layer is called if it has tensors.
    void append(const OnnxNode &node, Layer layer, const std::map<std::string, Tensor> &tensors = {});

    // A layer in front of the node's own, which its name does not belong to.
    void append_helper(const OnnxNode &node, Layer layer, const std::map<std::string, Tensor> &tensors,
                       const std::string &suffix);

private:
    void append_named(const OnnxNode &node, Layer layer, const std::map<std::string, Tensor> &tensors,
                      const std::string &name);
    std::string free_name(const std::string &wish) const;
};

// A dense tensor of these numbers.
Tensor float_tensor(const Shape &shape, const std::vector<float> &values);

}  // namespace fsd
