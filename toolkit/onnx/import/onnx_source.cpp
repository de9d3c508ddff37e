// Parses with ONNX's own protocol buffers (libonnx) and copies what the importer needs.
#include "toolkit/onnx/import/onnx_source.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "toolkit/onnx/import/onnx_tensor.h"
#include "toolkit/onnx/import/onnx_wire.h"

#include <onnx/onnx_pb.h>

#include <array>

namespace fsd {
namespace {

onnx::ModelProto parsed(const std::string &bytes) {
    if (bytes.size() > most_onnx_bytes) {
        throw Error(ExitCode::bad_input,
                    text("The file has ", bytes.size(),
                         " bytes, more than the 2 GiB of a protocol buffer; store the numbers in a file "
                         "beside the model (external data)."));
    }
    check_wire(bytes, *onnx::ModelProto::descriptor());
    onnx::ModelProto model;
    if (!model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || !model.has_graph()) {
        throw Error(ExitCode::bad_input, "This is no ONNX model: it has no graph that can be read.");
    }
    return model;
}

struct Reading {
    const std::string &folder;
    int64_t left;

    OnnxConstant constant(const onnx::TensorProto &tensor) { return read_onnx_tensor(tensor, folder, left); }

    OnnxSourceAttribute attribute(const onnx::AttributeProto &from) {
        using Kind = OnnxSourceAttribute::Kind;
        OnnxSourceAttribute to;
        switch (from.type()) {
        case onnx::AttributeProto::INT:
            to.kind = Kind::integer;
            to.integer = from.i();
            break;
        case onnx::AttributeProto::FLOAT:
            to.kind = Kind::real;
            to.real = from.f();
            break;
        case onnx::AttributeProto::STRING:
            to.kind = Kind::text;
            to.text = from.s();
            break;
        case onnx::AttributeProto::INTS:
            to.kind = Kind::integers;
            to.integers.assign(from.ints().begin(), from.ints().end());
            break;
        case onnx::AttributeProto::FLOATS:
            to.kind = Kind::reals;
            to.reals.assign(from.floats().begin(), from.floats().end());
            break;
        case onnx::AttributeProto::TENSOR:
            to.kind = Kind::tensor;
            to.tensor = std::make_shared<OnnxConstant>(constant(from.t()));
            break;
        default:
            break;
        }
        return to;
    }

    OnnxSourceNode node(const onnx::NodeProto &from) {
        OnnxSourceNode to{from.name(), from.op_type(), from.domain(), {}, {}, {}};
        to.inputs.assign(from.input().begin(), from.input().end());
        to.outputs.assign(from.output().begin(), from.output().end());
        for (const onnx::AttributeProto &given : from.attribute()) {
            to.attributes[given.name()] = attribute(given);
        }
        return to;
    }
};

OnnxSourceValue value_of(const onnx::ValueInfoProto &from) {
    OnnxSourceValue to{from.name(), 0, false, {}};
    if (from.type().has_tensor_type()) {
        const onnx::TypeProto_Tensor &tensor = from.type().tensor_type();
        to.type = tensor.elem_type();
        to.has_shape = tensor.has_shape();
        for (const onnx::TensorShapeProto_Dimension &axis : tensor.shape().dim()) {
            to.shape.push_back(axis.has_dim_value() ? axis.dim_value() : -1);
        }
    }
    return to;
}

int64_t operator_set_of(const onnx::ModelProto &model) {
    int64_t version = 0;
    for (const onnx::OperatorSetIdProto &set : model.opset_import()) {
        if (set.domain().empty() || set.domain() == "ai.onnx") {
            version = set.version();
        }
    }
    return version;
}

}  // namespace

int64_t count_of(const std::vector<int64_t> &shape, int64_t most) {
    int64_t count = 1;
    for (const int64_t extent : shape) {
        if (extent < 0 || extent > most || (extent > 0 && count > most / extent)) {
            return -1;
        }
        count *= extent;
    }
    return count;
}

OnnxConstant real_constant(std::vector<int64_t> shape, std::vector<float> values) {
    return {OnnxConstant::Kind::reals, onnx_float32, std::move(shape), std::move(values), {}};
}

OnnxConstant integer_constant(std::vector<int64_t> shape, std::vector<int64_t> values) {
    return {OnnxConstant::Kind::integers, onnx_int64, std::move(shape), {}, std::move(values)};
}

std::string OnnxSourceNode::described() const {
    const std::string &label = !name.empty() || outputs.empty() ? name : outputs.front();
    return printable(op) + " " + fsd::quoted(label);
}

std::string onnx_type_name(int type) {
    static const std::array<const char *, 17> names = {
        "no tensor", "float32", "uint8",   "int8",   "uint16", "int16",     "int32",      "int64",   "string",
        "bool",      "float16", "float64", "uint32", "uint64", "complex64", "complex128", "bfloat16"};
    return type >= 0 && type < static_cast<int>(names.size()) ? names[static_cast<std::size_t>(type)]
                                                              : text("type ", type);
}

OnnxSource read_onnx(const std::string &bytes, const std::string &folder, int64_t most_numbers) {
    const onnx::ModelProto model = parsed(bytes);
    const onnx::GraphProto &graph = model.graph();
    OnnxSource source;
    source.operator_set = operator_set_of(model);
    Reading reading{folder, most_numbers};
    for (const onnx::TensorProto &tensor : graph.initializer()) {
        source.constants[tensor.name()] = reading.constant(tensor);
    }
    for (const onnx::ValueInfoProto &input : graph.input()) {
        if (source.constants.count(input.name()) == 0) {
            source.inputs.push_back(value_of(input));
        }
    }
    for (const onnx::ValueInfoProto &output : graph.output()) {
        source.outputs.push_back(value_of(output));
    }
    for (const onnx::NodeProto &node : graph.node()) {
        source.nodes.push_back(reading.node(node));
    }
    for (const onnx::StringStringEntryProto &entry : model.metadata_props()) {
        source.metadata[entry.key()] = entry.value();
    }
    return source;
}

std::string onnx_graph_bytes(const std::string &bytes) {
    return parsed(bytes).graph().SerializeAsString();
}

}  // namespace fsd
