// What `export` writes, read back with ONNX's own protocol buffers. That other runtimes compute the same
// posterior from it is tests/onnx.
#include "runtime/error.h"
#include "tests/runtime/models.h"
#include "toolkit/onnx/layers/onnx_layer.h"
#include "toolkit/onnx/onnx.h"

#include <catch2/catch.hpp>
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace fsd;
using namespace fsd::testing;

namespace {

onnx::ModelProto parsed(const std::string &file) {
    onnx::ModelProto model;
    REQUIRE(model.ParseFromString(file));
    return model;
}

// Those that compute for a sample; what follows from constants alone, runtimes compute once.
std::vector<std::string> operators(const onnx::ModelProto &model) {
    std::vector<std::string> ops;
    std::set<std::string> derived = {model.graph().input(0).name()};
    for (const onnx::NodeProto &node : model.graph().node()) {
        if (std::any_of(node.input().begin(), node.input().end(),
                        [&](const std::string &input) { return derived.count(input) > 0; })) {
            ops.push_back(node.op_type());
            derived.insert(node.output(0));
        }
    }
    return ops;
}

const onnx::NodeProto &node(const onnx::ModelProto &model, const std::string &op) {
    for (const onnx::NodeProto &found : model.graph().node()) {
        if (found.op_type() == op) {
            return found;
        }
    }
    throw std::runtime_error("no node " + op);
}

std::vector<int64_t> attribute(const onnx::NodeProto &node, const std::string &name) {
    for (const onnx::AttributeProto &found : node.attribute()) {
        if (found.name() == name) {
            return found.type() == onnx::AttributeProto::INT
                       ? std::vector<int64_t>{found.i()}
                       : std::vector<int64_t>(found.ints().begin(), found.ints().end());
        }
    }
    throw std::runtime_error("no attribute " + name);
}

std::string constant(const onnx::ModelProto &model, const std::string &name) {
    for (const onnx::TensorProto &tensor : model.graph().initializer()) {
        if (tensor.name() == name) {
            return tensor.raw_data();
        }
    }
    throw std::runtime_error("no constant " + name);
}

std::vector<int64_t> shape(const onnx::ValueInfoProto &value) {
    std::vector<int64_t> extents;
    for (const auto &axis : value.type().tensor_type().shape().dim()) {
        extents.push_back(axis.has_dim_value() ? axis.dim_value() : -1);
    }
    return extents;
}

Model with(const Input &input, const std::vector<Layer> &layers) {
    Model model;
    model.input = input;
    model.layers = layers;
    return with_parameters(model, 5);
}

}  // namespace

TEST_CASE("the graph takes bytes, gives log-posteriors, and leaves the number of samples free", "[export]") {
    const onnx::ModelProto model = parsed(onnx_file(small_model()));
    REQUIRE(model.opset_import_size() == 1);
    CHECK(model.opset_import(0).domain().empty());
    CHECK(model.opset_import(0).version() == onnx_operator_set);
    REQUIRE(model.graph().input_size() == 1);
    REQUIRE(model.graph().output_size() == 1);
    CHECK(model.graph().input(0).name() == "image");
    CHECK(model.graph().input(0).type().tensor_type().elem_type() == onnx::TensorProto::UINT8);
    CHECK(shape(model.graph().input(0)) == std::vector<int64_t>{-1, 6, 5, 1});
    CHECK(model.graph().output(0).name() == "log_posterior");
    CHECK(shape(model.graph().output(0)) == std::vector<int64_t>{-1, 3});
}

TEST_CASE("nothing is computed that need not be: a chain of operators per layer", "[export]") {
    // Two groups of states want an axis of their own around the normalization.
    CHECK(operators(parsed(onnx_file(small_model()))) ==
          std::vector<std::string>{"Reshape", "Cast", "Conv", "Reshape", "Softmax", "Reshape", "AveragePool",
                                   "Flatten", "Gemm", "LogSoftmax"});
    const Model colors =
        with({9, 9, 3}, {conv("first", 3, 1, 4, 1, 1), plain("sigmoid"), pool("max_pool", 2, 2),
                         linear("last", 1, 3), plain("log_normalize")});
    // Padding: the two states of each color, 0 outside.
    CHECK(operators(parsed(onnx_file(colors))) == std::vector<std::string>{"Transpose", "Cast", "Conv",
                                                                           "Conv", "Sigmoid", "MaxPool",
                                                                           "Flatten", "Gemm", "LogSoftmax"});
}

TEST_CASE("every kind of layer has a room", "[export]") {
    for (const auto &[kind, about] : layer_kinds()) {
        INFO(kind);
        CHECK(find_onnx_layer(kind));
    }
    CHECK(known_onnx_layers().size() == layer_kinds().size());
}

TEST_CASE("ordinary layers are ONNX's own operators, one each where ONNX has one", "[export]") {
    const Model model = small_ordinary_model();
    const onnx::ModelProto file = parsed(onnx_file(model));
    CHECK(operators(file) == std::vector<std::string>{"Transpose",   "Cast",
                                                      "Mul",         "Add",  // the input
                                                      "Conv",        "BatchNormalization",
                                                      "Relu",  //
                                                      "Conv",        "Mul",
                                                      "Mul",         "Add",
                                                      "AveragePool",  // z + alpha z^2
                                                      "Conv",        "Transpose",
                                                      "MatMul",      "Add",
                                                      "Transpose",  // a product per site
                                                      "Erf",         "MaxPool",
                                                      "Flatten",     "Gemm",
                                                      "LogSoftmax"});
    const onnx::NodeProto &norm = node(file, "BatchNormalization");
    const Tensor &variance = model.tensor("norm.variance");
    CHECK(constant(file, norm.input(4)) ==
          std::string(static_cast<const char *>(variance.data()), variance.size_in_bytes()));
    CHECK(norm.attribute(0).f() == 1e-5F);
}

TEST_CASE("a vector's graph takes floats, and one without classes gives numbers", "[export]") {
    Model model;
    model.input.height = model.input.width = 1;
    model.input.colors = 5;
    model.input.kind = InputKind::vector;
    model.layers = {real_linear("first", 4), plain("erf"), real_linear("last", 2)};
    const onnx::ModelProto file = parsed(onnx_file(with_parameters(model, 3)));
    CHECK(operators(file) == std::vector<std::string>{"Gemm", "Erf", "Gemm"});
    CHECK(file.graph().input(0).name() == "numbers");
    CHECK(file.graph().input(0).type().tensor_type().elem_type() == onnx::TensorProto::FLOAT);
    CHECK(shape(file.graph().input(0)) == std::vector<int64_t>{-1, 5});
    CHECK(file.graph().output(0).name() == "result");
    CHECK(shape(file.graph().output(0)) == std::vector<int64_t>{-1, 2});
}

TEST_CASE("the graph of images takes floats on request", "[export]") {
    const onnx::ModelProto file = parsed(onnx_file(small_model(), OnnxNumbers::floats));
    CHECK(operators(file).at(1) == "Conv");  // no Cast
    CHECK(file.graph().input(0).name() == "numbers");
    CHECK(shape(file.graph().input(0)) == std::vector<int64_t>{-1, 6, 5, 1});
}

TEST_CASE("windows that hang over the border are padded behind, and the average does not count it",
          "[export]") {
    const Model model =
        with({7, 8, 1}, {conv("first", 1, 1, 4), plain("normalize"), pool("marginal_pool", 3, 2),
                         linear("last", 1, 3), plain("log_normalize")});
    const onnx::ModelProto file = parsed(onnx_file(model));
    const onnx::NodeProto &pooling = node(file, "AveragePool");
    CHECK(attribute(pooling, "kernel_shape") == std::vector<int64_t>{3, 3});
    CHECK(attribute(pooling, "strides") == std::vector<int64_t>{2, 2});
    CHECK(attribute(pooling, "pads") == std::vector<int64_t>{0, 0, 0, 1});
    CHECK(attribute(pooling, "count_include_pad") == std::vector<int64_t>{0});
}

TEST_CASE("every constant has as many bytes as its shape says, and a name of its own", "[export]") {
    std::set<std::string> names;
    const onnx::ModelProto file = parsed(onnx_file(small_model()));
    for (const onnx::TensorProto &tensor : file.graph().initializer()) {
        const bool wide =
            tensor.data_type() == onnx::TensorProto::INT64 || tensor.data_type() == onnx::TensorProto::DOUBLE;
        std::size_t bytes = wide ? 8 : 4;
        for (const int64_t extent : tensor.dims()) {
            bytes *= static_cast<std::size_t>(extent);
        }
        INFO(tensor.name());
        CHECK(tensor.raw_data().size() == bytes);
        CHECK(names.insert(tensor.name()).second);
    }
}

TEST_CASE("folded, distributions are weights; else they stand in the file as they are", "[export]") {
    const Model model = small_model();
    const onnx::ModelProto folded = parsed(onnx_file(model, OnnxNumbers::bytes, OnnxWeights::folded)),
                           whole = parsed(onnx_file(model));
    CHECK(folded.graph().node_size() == static_cast<int>(operators(folded).size()));
    CHECK(operators(folded) == operators(whole));
    for (const auto &[name, stored] : model.tensors) {
        const auto of_layer = [&](const onnx::TensorProto &tensor) { return tensor.name().find(name) == 0; };
        const auto &constants = whole.graph().initializer();
        const auto found = std::find_if(constants.begin(), constants.end(), of_layer);
        REQUIRE(found != constants.end());
        CHECK(found->raw_data() ==
              std::string(static_cast<const char *>(stored.data()), stored.size_in_bytes()));
    }
}

TEST_CASE("the same model gives the same bytes", "[export]") {
    CHECK(onnx_file(small_model()) == onnx_file(small_model()));
}

TEST_CASE("an export that cannot be written leaves nothing behind", "[export]") {
    const TemporaryFolder folder;
    try {
        export_onnx(small_model(), folder / "nowhere/model.onnx");
        FAIL("no Error");
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::bad_input);
        CHECK_THAT(error.what(), Catch::Contains("nowhere/model.onnx"));
    }
    const std::size_t bytes = export_onnx(small_model(), folder / "model.onnx");
    CHECK(read_bytes(folder / "model.onnx").size() == bytes);
}
