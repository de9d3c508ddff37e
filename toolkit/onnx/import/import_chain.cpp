// Lets the checker of models judge every layer as it is appended.
#include "toolkit/onnx/import/import_chain.h"

#include "runtime/layers/layer_kind.h"
#include "runtime/models/activations.h"
#include "runtime/models/model_limits.h"

#include <algorithm>
#include <cctype>

namespace fsd {
namespace {

constexpr std::size_t longest_name = 64;

// The characters that names of layers may have.
std::string plain(const std::string &name) {
    std::string out;
    for (const char character : name) {
        const bool fits = std::isalnum(static_cast<unsigned char>(character)) || character == '-';
        out += fits ? character : '_';
    }
    out.erase(0, std::min(out.find_first_not_of('_'), out.size()));
    return out.substr(0, longest_name - 8);
}

bool is_taken(const Model &model, const std::string &name) {
    return std::any_of(model.layers.begin(), model.layers.end(),
                       [&](const Layer &layer) { return layer.name == name; });
}

}  // namespace

std::vector<int64_t> ImportChain::axes() const {
    switch (order) {
    case AxisOrder::flat:
        return {numbers()};
    case AxisOrder::channels_first:
        return has_rows ? std::vector<int64_t>{channels, height, width}
                        : std::vector<int64_t>{channels, width};
    case AxisOrder::channels_last:
        return has_rows ? std::vector<int64_t>{height, width, channels}
                        : std::vector<int64_t>{width, channels};
    }
    return {};
}

std::string ImportChain::free_name(const std::string &wish) const {
    std::string name = wish;
    for (int count = 2; is_taken(model, name); count++) {
        name = text(wish, "_", count);
    }
    return name;
}

void ImportChain::append_named(const OnnxNode &node, Layer layer,
                               const std::map<std::string, Tensor> &tensors, const std::string &name) {
    if (node.is_refused()) {
        return;
    }
    if (model.layers.size() >= most_layers) {
        node.refuse(text("the network would have more than ", most_layers, " layers."));
        return;
    }
    if (!tensors.empty()) {
        layer.name = free_name(name);
    }
    model.layers.push_back(layer);
    try {
        const Shape shape = activations(model).back().shape;
        height = shape[0];
        width = shape[1];
        channels = shape[2] * shape[3];
    } catch (const Error &error) {
        model.layers.pop_back();
        node.refuse(error.what());
        return;
    }
    for (const auto &[role, tensor] : tensors) {
        model.tensors[layer.name + "." + role] = tensor;
    }
}

void ImportChain::append(const OnnxNode &node, Layer layer, const std::map<std::string, Tensor> &tensors) {
    const std::string name = plain(node.name());
    append_named(node, layer, tensors, name.empty() ? layer.op : name);
}

void ImportChain::append_helper(const OnnxNode &node, Layer layer,
                                const std::map<std::string, Tensor> &tensors, const std::string &suffix) {
    const std::string name = plain(node.name());
    append_named(node, layer, tensors, name.empty() ? suffix : name + "-" + suffix);
}

Tensor float_tensor(const Shape &shape, const std::vector<float> &values) {
    Tensor tensor = make_tensor<float>(shape);
    std::copy(values.begin(), values.end(), static_cast<float *>(tensor.data()));
    return tensor;
}

}  // namespace fsd
