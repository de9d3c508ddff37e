// Vectors, rows and maps. Whether a map has its channels first or last, the first node that moves axes says.
#include "toolkit/onnx/import/graph_input.h"

#include "runtime/formats/json_text.h"
#include "runtime/models/model_limits.h"
#include "toolkit/onnx/import/operators/axes.h"

#include <algorithm>

namespace fsd {
namespace {

bool keeps_axes(const OnnxSourceNode &node) {
    return node.op == "Cast" || node.op == "Identity" || node.op == "Dropout";
}

// The first node behind the input that is more than a change of type.
const OnnxSourceNode *first_reader(const LiveGraph &live, std::string value) {
    for (const OnnxSourceNode *node : live.nodes) {
        if (node->inputs.empty() || node->inputs[0] != value || node->op == "Shape") {
            continue;
        }
        if (!keeps_axes(*node)) {
            return node;
        }
        value = node->outputs.empty() ? std::string() : node->outputs[0];
    }
    return nullptr;
}

// [sample, y, x, 1] to [sample, 1, y, x] without moving a number.
bool drops_last(const OnnxSourceNode &node, const OnnxSource &source, const std::vector<int64_t> &axes) {
    if (node.op != "Reshape" || node.inputs.size() < 2 || axes.size() != 3 || axes[2] != 1) {
        return false;
    }
    const auto target = source.constants.find(node.inputs[1]);
    return target != source.constants.end() && target->second.integers.size() == 4 &&
           target->second.integers[1] == 1 && axes[0] != 1;
}

bool has_channels_last(const LiveGraph &live, const OnnxSource &source, const std::string &value,
                       const std::vector<int64_t> &axes) {
    const OnnxSourceNode *node = first_reader(live, value);
    if (!node) {
        return false;
    }
    const auto order = node->attributes.find("perm");
    const std::vector<int64_t> map = {0, 3, 1, 2}, row = {0, 2, 1};
    const bool moves = node->op == "Transpose" && order != node->attributes.end() &&
                       (order->second.integers == map || order->second.integers == row);
    return moves || drops_last(*node, source, axes);
}

std::vector<int64_t> axes_of(const OnnxSourceValue &input, const OnnxImportOptions &options,
                             Refusals &refusals) {
    std::vector<int64_t> axes(options.axes.begin(), options.axes.end());
    if (axes.empty() && !input.shape.empty()) {
        axes.assign(input.shape.begin() + 1, input.shape.end());
    }
    const bool fits = std::all_of(axes.begin(), axes.end(),
                                  [](int64_t extent) { return extent >= 1 && extent <= most_extent; });
    if ((!input.has_shape && options.axes.empty()) || axes.size() > 3 || !fits) {
        refusals.add("the input " + fsd::quoted(input.name),
                     text("it has the axes ", axes_text(axes),
                          "; a chain begins with up to three axes behind the "
                          "samples, whose extents are known. Where the file leaves them open, give them: "
                          "--shape 3,224,224."));
        return {};
    }
    return axes;
}

void describe_input(ImportChain &chain, const OnnxImportOptions &options) {
    Input &input = chain.model.input;
    input.kind = chain.is_map() ? InputKind::real : InputKind::vector;
    input.height = chain.height;
    input.width = chain.width;
    input.colors = chain.channels;
    input.scale = {options.scale};
    if (options.offset != 0) {
        input.offset = {options.offset};
    }
}

}  // namespace

std::string begin_chain(ImportChain &chain, const LiveGraph &live, const OnnxSource &source,
                        const OnnxImportOptions &options, Refusals &refusals) {
    chain.known = false;
    if (live.inputs.size() != 1) {
        std::string names;
        for (const OnnxSourceValue *input : live.inputs) {
            names += (names.empty() ? ": " : ", ") + fsd::quoted(input->name);
        }
        refusals.add("the graph",
                     text("it takes ", live.inputs.size(), " inputs", names, "; a chain takes one."));
        return live.inputs.empty() ? std::string() : live.inputs.front()->name;
    }
    const OnnxSourceValue &input = *live.inputs.front();
    if (input.type != onnx_float32 && input.type != onnx_uint8) {
        refusals.add("the input " + fsd::quoted(input.name),
                     text("it is of type ", onnx_type_name(input.type), "; fsdnet reads float32 and uint8."));
    }
    const std::size_t before = refusals.count();
    const std::vector<int64_t> axes = axes_of(input, options, refusals);
    if (refusals.count() > before) {
        return input.name;
    }
    chain.samples = input.shape.empty() ? -1 : input.shape.front();
    chain.known = true;
    const bool last = axes.size() > 1 && has_channels_last(live, source, input.name, axes);
    const auto extent = [&](std::size_t axis) { return static_cast<int>(axes[axis]); };
    chain.order = axes.size() < 2 ? AxisOrder::flat
                  : last          ? AxisOrder::channels_last
                                  : AxisOrder::channels_first;
    chain.has_rows = axes.size() == 3;
    chain.channels = axes.empty() ? 1 : last ? extent(axes.size() - 1) : extent(0);
    chain.height = axes.size() == 3 ? extent(last ? 0 : 1) : 1;
    chain.width = axes.size() < 2 ? 1 : extent(axes.size() - (last ? 2 : 1));
    describe_input(chain, options);
    return input.name;
}

}  // namespace fsd
