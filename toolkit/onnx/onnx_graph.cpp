// Fills ONNX's own protocol buffers (libonnx).
#include "toolkit/onnx/onnx_graph.h"

#include "runtime/error.h"

#include <onnx/onnx_pb.h>

#include <limits>
#include <stdexcept>

namespace fsd {
namespace {

constexpr int format_version = 8;  // of the file format, since ONNX 1.10

int data_type(const halide_type_t &type) {
    return type == halide_type_of<uint8_t>() ? onnx::TensorProto::UINT8 : onnx::TensorProto::FLOAT;
}

void describe(onnx::ValueInfoProto &value, const std::string &name, const halide_type_t &type,
              const Shape &shape) {
    value.set_name(name);
    onnx::TypeProto_Tensor &tensor = *value.mutable_type()->mutable_tensor_type();
    tensor.set_elem_type(data_type(type));
    for (const int extent : shape) {
        onnx::TensorShapeProto_Dimension &axis = *tensor.mutable_shape()->add_dim();
        if (extent < 0) {
            axis.set_dim_param("sample");
        } else {
            axis.set_dim_value(extent);
        }
    }
}

void fill(onnx::AttributeProto &attribute, const OnnxGraph::Attribute &given) {
    attribute.set_name(given.name);
    if (given.number) {
        attribute.set_type(onnx::AttributeProto::FLOAT);
        attribute.set_f(*given.number);
        return;
    }
    attribute.set_type(given.is_list ? onnx::AttributeProto::INTS : onnx::AttributeProto::INT);
    for (const int64_t value : given.values) {
        given.is_list ? attribute.add_ints(value) : attribute.set_i(value);
    }
}

}  // namespace

struct OnnxGraph::Parts {
    onnx::GraphProto graph;
    int constants = 0;

    onnx::TensorProto &constant(const std::string &name, int type, const Shape &shape) {
        onnx::TensorProto &tensor = *graph.add_initializer();
        tensor.set_name(text(name, "_", constants++));
        tensor.set_data_type(type);
        for (const int extent : shape) {
            tensor.add_dims(extent);
        }
        return tensor;
    }
};

OnnxGraph::OnnxGraph() : parts_(std::make_unique<Parts>()) {
    parts_->graph.set_name("fsdnet");
}

OnnxGraph::~OnnxGraph() = default;

std::string OnnxGraph::input(const std::string &name, const halide_type_t &type, const Shape &shape) {
    describe(*parts_->graph.add_input(), name, type, shape);
    return name;
}

void OnnxGraph::output(const std::string &name, const Shape &shape) {
    if (parts_->graph.node_size() == 0) {
        throw std::logic_error("an ONNX graph without nodes has no output");
    }
    parts_->graph.mutable_node(parts_->graph.node_size() - 1)->set_output(0, name);
    describe(*parts_->graph.add_output(), name, halide_type_of<float>(), shape);
}

std::string OnnxGraph::node(const std::string &op, const Inputs &inputs, const Attributes &attributes) {
    std::string name = text(op, "_", parts_->graph.node_size());
    onnx::NodeProto &node = *parts_->graph.add_node();
    node.set_op_type(op);
    node.set_name(name);
    node.add_output(name);
    for (const std::string &input : inputs) {
        node.add_input(input);
    }
    for (const Attribute &attribute : attributes) {
        fill(*node.add_attribute(), attribute);
    }
    return name;
}

std::string OnnxGraph::numbers(const std::string &name, const Shape &shape,
                               const std::vector<float> &values) {
    onnx::TensorProto &tensor = parts_->constant(name, onnx::TensorProto::FLOAT, shape);
    tensor.set_raw_data(values.data(), values.size() * sizeof(float));
    return tensor.name();
}

std::string OnnxGraph::number(const std::string &name, float value) {
    return numbers(name, {}, {value});
}

std::string OnnxGraph::precise_number(const std::string &name, double value) {
    onnx::TensorProto &tensor = parts_->constant(name, onnx::TensorProto::DOUBLE, {});
    tensor.set_raw_data(&value, sizeof value);
    return tensor.name();
}

std::string OnnxGraph::integers(const std::string &name, const Shape &shape,
                                const std::vector<int64_t> &values) {
    onnx::TensorProto &tensor = parts_->constant(name, onnx::TensorProto::INT64, shape);
    tensor.set_raw_data(values.data(), values.size() * sizeof(int64_t));
    return tensor.name();
}

std::string OnnxGraph::integers(const std::string &name, const std::vector<int64_t> &values) {
    return integers(name, {static_cast<int>(values.size())}, values);
}

std::string OnnxGraph::serialize(int operator_set, const std::string &note,
                                 const std::map<std::string, std::string> &metadata) const {
    onnx::ModelProto model;
    model.set_ir_version(format_version);
    model.set_producer_name("fsdnet");
    model.set_producer_version(FSDNET_VERSION);
    model.set_doc_string(note);
    model.add_opset_import()->set_version(operator_set);
    for (const auto &[key, value] : metadata) {
        onnx::StringStringEntryProto &entry = *model.add_metadata_props();
        entry.set_key(key);
        entry.set_value(value);
    }
    *model.mutable_graph() = parts_->graph;
    constexpr std::size_t most_bytes = std::numeric_limits<int32_t>::max();
    const std::size_t bytes = model.ByteSizeLong();
    if (bytes > most_bytes) {
        throw Error(ExitCode::unsupported,
                    text("The ONNX file would have ", bytes, " bytes; a protocol buffer holds at most ",
                         most_bytes, ". Make the network smaller."));
    }
    return model.SerializeAsString();
}

}  // namespace fsd
