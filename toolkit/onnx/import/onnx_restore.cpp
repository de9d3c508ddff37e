// Puts the constants back into the order of model files and proves the result by exporting it.
#include "toolkit/onnx/import/onnx_restore.h"

#include "runtime/error.h"
#include "runtime/models/model_check.h"
#include "runtime/models/model_json.h"
#include "toolkit/onnx/layers/onnx_layer.h"
#include "toolkit/onnx/onnx.h"

#include <algorithm>

namespace fsd {
namespace {

// The constant that was exported under this name, without the number that makes it unique.
const OnnxConstant *find_constant(const OnnxSource &source, const std::string &name) {
    for (auto found = source.constants.lower_bound(name + "_");
         found != source.constants.end() && found->first.compare(0, name.size() + 1, name + "_") == 0;
         ++found) {
        const std::string number = found->first.substr(name.size() + 1);
        if (!number.empty() && number.find_first_not_of("0123456789") == std::string::npos) {
            return &found->second;
        }
    }
    return nullptr;
}

// False where the file has no such constant.
bool restore(Model &model, const OnnxSource &source, std::size_t index, const Shape &input) {
    const Layer &layer = model.layers[index];
    const OnnxLayer *room = find_onnx_layer(layer.op);
    for (const TensorRule &rule : layer_kind(layer.op).tensors) {
        const Shape shape = rule.shape(layer, input);
        const OnnxConstant *constant = find_constant(source, layer.name + "." + rule.role);
        if (!room || !constant || !constant->is_real() || constant->count() != element_count(shape)) {
            return false;
        }
        Tensor tensor = make_tensor<float>(shape);
        auto *const to = static_cast<float *>(tensor.data());
        if (room->restore && rule.role == room->restored_role) {
            room->restore({layer, input, shape}, constant->reals.data(), to);
        } else {
            std::copy(constant->reals.begin(), constant->reals.end(), to);
        }
        model.tensors[layer.name + "." + rule.role] = tensor;
    }
    return true;
}

bool takes_bytes(const OnnxSource &source) {
    return !source.inputs.empty() && source.inputs.front().type == onnx_uint8;
}

}  // namespace

std::optional<Model> described_model(const OnnxSource &source) {
    const auto found = source.metadata.find(onnx_network_key);
    if (found == source.metadata.end()) {
        return std::nullopt;
    }
    return description_from_json(found->second, text("the metadata ", onnx_network_key));
}

std::optional<Model> restored_model(const Model &described, const OnnxSource &source,
                                    const std::string &bytes) {
    Model model = described;
    try {
        const std::vector<Shape> shapes = activation_shapes(model);
        for (std::size_t index = 0; index < model.layers.size(); index++) {
            if (!restore(model, source, index, shapes[index])) {
                return std::nullopt;
            }
        }
        check_model(model);
    } catch (const Error &) {
        return std::nullopt;  // the graph may say more than a wrong description
    }
    const std::string again =
        onnx_file(model, takes_bytes(source) ? OnnxNumbers::bytes : OnnxNumbers::floats);
    if (onnx_graph_bytes(again) != onnx_graph_bytes(bytes)) {
        return std::nullopt;
    }
    return model;
}

}  // namespace fsd
