// `import`: graphs that onnx's own protocol buffers describe here, as chains of layers or with all reasons
// why not. What operators must compute is tests/onnx/test_node_tests.py.
#include "runtime/error.h"
#include "tests/runtime/models.h"
#include "tests/temporary_folder.h"
#include "toolkit/onnx/import/onnx_import.h"
#include "toolkit/onnx/onnx.h"

#include <catch2/catch.hpp>
#include <onnx/onnx_pb.h>

#include <filesystem>

using namespace fsd;
using namespace fsd::testing;

namespace {

// A graph from `x` [N, axes] to `y`, node by node.
class Graph {
public:
    explicit Graph(const std::vector<int64_t> &axes, int64_t operator_set = 17) {
        model.add_opset_import()->set_version(operator_set);
        auto &type = value(*model.mutable_graph()->add_input(), "x");
        type.mutable_shape()->add_dim()->set_dim_param("N");
        for (const int64_t axis : axes) {
            type.mutable_shape()->add_dim()->set_dim_value(axis);
        }
        value(*model.mutable_graph()->add_output(), "y");
    }

    onnx::NodeProto &node(const std::string &op, const std::vector<std::string> &inputs,
                          const std::string &output) {
        onnx::NodeProto &added = *model.mutable_graph()->add_node();
        added.set_op_type(op);
        added.set_name(output);
        for (const std::string &input : inputs) {
            added.add_input(input);
        }
        added.add_output(output);
        return added;
    }

    onnx::TensorProto &constant(const std::string &name, const std::vector<int64_t> &shape, int type) {
        onnx::TensorProto &tensor = *model.mutable_graph()->add_initializer();
        tensor.set_name(name);
        tensor.set_data_type(type);
        for (const int64_t extent : shape) {
            tensor.add_dims(extent);
        }
        return tensor;
    }

    void reals(const std::string &name, const std::vector<int64_t> &shape,
               const std::vector<float> &numbers) {
        auto &tensor = constant(name, shape, onnx::TensorProto::FLOAT);
        tensor.mutable_float_data()->Add(numbers.begin(), numbers.end());
    }

    void integers(const std::string &name, const std::vector<int64_t> &numbers) {
        auto &tensor = constant(name, {static_cast<int64_t>(numbers.size())}, onnx::TensorProto::INT64);
        tensor.mutable_int64_data()->Add(numbers.begin(), numbers.end());
    }

    OnnxImported imported(const OnnxImportOptions &options = {}) const {
        return import_onnx_bytes(model.SerializeAsString(), "", options);
    }

    onnx::ModelProto model;

private:
    static onnx::TypeProto_Tensor &value(onnx::ValueInfoProto &info, const std::string &name) {
        info.set_name(name);
        onnx::TypeProto_Tensor &type = *info.mutable_type()->mutable_tensor_type();
        type.set_elem_type(onnx::TensorProto::FLOAT);
        return type;
    }
};

void integer(onnx::NodeProto &node, const std::string &name, int64_t value) {
    onnx::AttributeProto &attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(onnx::AttributeProto::INT);
    attribute.set_i(value);
}

void integers(onnx::NodeProto &node, const std::string &name, const std::vector<int64_t> &values) {
    onnx::AttributeProto &attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(onnx::AttributeProto::INTS);
    for (const int64_t value : values) {
        attribute.add_ints(value);
    }
}

std::vector<std::string> ops(const OnnxImported &imported) {
    std::vector<std::string> names;
    for (const Layer &layer : imported.model.layers) {
        names.push_back(layer.op);
    }
    return names;
}

std::string reasons(const OnnxImported &imported) {
    std::string all;
    for (const OnnxRefusal &refusal : imported.refused) {
        all += refusal.where + ": " + refusal.reason + "\n";
    }
    return all;
}

std::vector<float> numbers(const Model &model, const std::string &name) {
    const Tensor &tensor = model.tensor(name);
    const auto *first = static_cast<const float *>(tensor.data());
    return {first, first + tensor.number_of_elements()};
}

void require_bad(const std::string &bytes, const std::string &part) {
    try {
        import_onnx_bytes(bytes, "");
        FAIL("no Error");
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::bad_input);
        CHECK_THAT(error.what(), Catch::Contains(part));
    }
}

}  // namespace

TEST_CASE("what is exported is imported as it was, and gives the same bytes again", "[import]") {
    for (const Model &model : {small_model(), small_ordinary_model()}) {
        for (const OnnxNumbers form : {OnnxNumbers::bytes, OnnxNumbers::floats}) {
            const std::string file = onnx_file(model, form);
            const OnnxImported imported = import_onnx_bytes(file, "");
            REQUIRE(reasons(imported).empty());
            CHECK(imported.is_restored);
            CHECK(imported.model.classes == model.classes);
            CHECK(imported.model.notes == model.notes);
            for (const auto &[name, tensor] : model.tensors) {
                CHECK(numbers(imported.model, name) == numbers(model, name));
            }
            CHECK(onnx_file(imported.model, form) == file);
        }
    }
}

TEST_CASE("nodes, not metadata, say what a file computes", "[import]") {
    onnx::ModelProto file;
    REQUIRE(file.ParseFromString(onnx_file(small_ordinary_model())));
    for (onnx::NodeProto &node : *file.mutable_graph()->mutable_node()) {
        if (node.op_type() == "Relu") {
            node.set_op_type("Sigmoid");
        }
    }
    const OnnxImported imported = import_onnx_bytes(file.SerializeAsString(), "");
    CHECK_FALSE(imported.is_restored);
}

TEST_CASE("weights behind Flatten follow our order of the map", "[import]") {
    Graph graph({2, 1, 3});
    graph.node("Flatten", {"x"}, "flat");
    graph.reals("w", {6, 1}, {0, 1, 2, 3, 4, 5});  // channel 0, then channel 1
    graph.node("MatMul", {"flat", "w"}, "product");
    graph.reals("b", {1}, {7});
    graph.node("Add", {"product", "b"}, "y");
    const OnnxImported imported = graph.imported();
    REQUIRE(reasons(imported).empty());
    CHECK(ops(imported) == std::vector<std::string>{"linear"});
    CHECK(numbers(imported.model, "product.weight") == std::vector<float>{0, 3, 1, 4, 2, 5});
    CHECK(numbers(imported.model, "product.bias") == std::vector<float>{7});
    CHECK(imported.model.classes.empty());
}

TEST_CASE("shapes that are computed, constants that are folded, and nodes that do nothing", "[import]") {
    Graph graph({2, 3}, 11);
    graph.integers("zero", {0});
    graph.integers("rest", {-1});
    graph.node("Identity", {"x"}, "same");
    graph.node("Shape", {"same"}, "shape");
    integer(graph.node("Gather", {"shape", "zero"}, "samples"), "axis", 0);
    integer(graph.node("Concat", {"samples", "rest"}, "target"), "axis", 0);
    graph.node("Reshape", {"same", "target"}, "flat");
    graph.reals("w", {2, 6}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    integers(graph.node("Transpose", {"w"}, "turned"), "perm", {1, 0});
    graph.node("MatMul", {"flat", "turned"}, "logits");
    graph.node("Dropout", {"logits"}, "kept");
    graph.node("Softmax", {"kept"}, "y");
    const OnnxImported imported = graph.imported();
    REQUIRE(reasons(imported).empty());
    CHECK(ops(imported) == std::vector<std::string>{"linear", "log_softmax"});
    CHECK(imported.model.classes == std::vector<std::string>{"0", "1"});
    CHECK(numbers(imported.model, "logits.weight") ==
          std::vector<float>{1, 7, 4, 10, 2, 8, 5, 11, 3, 9, 6, 12});
}

TEST_CASE("all reasons are given, not only the first", "[import]") {
    Graph graph({3, 8, 8});
    graph.node("LRN", {"x"}, "first");
    integers(graph.node("MaxPool", {"first"}, "second"), "kernel_shape", {2, 2, 2});
    graph.node("Tanh", {"second"}, "third");
    graph.node("Add", {"third", "first"}, "y");
    const std::string all = reasons(graph.imported());
    CHECK_THAT(all, Catch::Contains("LRN 'first': fsdnet has no layer for this operator"));
    CHECK_THAT(all, Catch::Contains("MaxPool 'second': its windows have 3 axes"));
    CHECK_THAT(all, Catch::Contains("Tanh 'third'"));
    CHECK_THAT(all, Catch::Contains("Add 'y': it joins 2 values"));
}

TEST_CASE("pools that drop what the last window does not fill cut it off before", "[import]") {
    Graph graph({1, 5, 5});
    auto &pool = graph.node("MaxPool", {"x"}, "pooled");
    integers(pool, "kernel_shape", {2, 2});
    integers(pool, "strides", {2, 2});
    graph.node("GlobalAveragePool", {"pooled"}, "y");
    CHECK(ops(graph.imported()) == std::vector<std::string>{"conv", "max_pool", "average_pool"});
}

TEST_CASE("sites behind the padding, which windows reach by ceil_mode, count in no average", "[import]") {
    const auto imported = [](const std::vector<int64_t> &extents, const std::vector<int64_t> &pads) {
        Graph graph(extents);
        auto &pool = graph.node("AveragePool", {"x"}, "pooled");
        integers(pool, "kernel_shape", {2, 2});
        integers(pool, "strides", {2, 2});
        integers(pool, "pads", pads);
        integer(pool, "ceil_mode", 1);
        integer(pool, "count_include_pad", 1);
        graph.node("GlobalAveragePool", {"pooled"}, "y");
        return graph.imported();
    };
    const std::vector<std::string> pools = {"average_pool", "average_pool"},
                                   padded = {"conv", "average_pool"};
    CHECK(ops(imported({1, 5, 5}, {0, 0, 0, 0})) == pools);  // nothing is padded: the last windows see less
    CHECK(ops(imported({1, 6, 6}, {1, 1, 1, 1})) == padded);
    CHECK(ops(imported({1, 5, 5}, {1, 1, 1, 1})) == padded);  // the last windows would lie in the padding
    CHECK_THAT(reasons(imported({1, 6, 6}, {1, 1, 0, 0})), Catch::Contains("reach beyond the padding"));
}

TEST_CASE("files that are no models are refused with a sentence", "[import]") {
    const std::string file = onnx_file(small_model());
    require_bad("", "no graph");
    require_bad("not a model", "This is no ONNX model");
    for (const std::size_t part : {file.size() / 3, file.size() / 2, file.size() - 1}) {
        require_bad(file.substr(0, part), "This is no ONNX model");
    }
    onnx::ModelProto deep;
    onnx::TypeProto *type = deep.mutable_graph()->add_input()->mutable_type();
    for (int depth = 0; depth < 60; depth++) {
        type = type->mutable_sequence_type()->mutable_elem_type();
    }
    require_bad(deep.SerializeAsString(), "nested deeper");
    onnx::ModelProto many;
    for (int i = 0; i < 1000001; i++) {
        many.mutable_graph()->add_node();
    }
    require_bad(many.SerializeAsString(), "more than 1000000 messages");
}

TEST_CASE("constants have the numbers that their shape says, from the model's own folder", "[import]") {
    Graph graph({2});
    auto &weights = graph.constant("w", {2, 1}, onnx::TensorProto::FLOAT);
    graph.node("MatMul", {"x", "w"}, "y");
    weights.set_raw_data("1234");
    require_bad(graph.model.SerializeAsString(), "has 4 bytes, but its shape needs 8");
    weights.set_dims(0, int64_t(1) << 40);
    require_bad(graph.model.SerializeAsString(), "negative, or that make more than");
    weights.set_dims(0, 2);
    weights.clear_raw_data();
    weights.set_data_location(onnx::TensorProto::EXTERNAL);
    auto &location = *weights.add_external_data();
    location.set_key("location");
    const TemporaryFolder folder;
    const auto write_model = [&](const std::string &place) {
        location.set_value(place);
        write_bytes(folder / "model.onnx", graph.model.SerializeAsString());
    };
    for (const char *place : {"../secret", "/etc/hostname", "", ".", "absent", "link"}) {
        write_model(place);
        std::filesystem::remove(folder / "link");
        std::filesystem::create_symlink("/etc/hostname", folder / "link");
        CHECK_THROWS_WITH(import_onnx(folder / "model.onnx"), Catch::Contains("only a regular file"));
    }
    const float numbers_beside[] = {3, 4};
    write_bytes(folder / "data", std::string(reinterpret_cast<const char *>(numbers_beside), 8));
    write_model("data");
    const OnnxImported imported = import_onnx(folder / "model.onnx");
    CHECK(numbers(imported.model, "y.weight") == std::vector<float>{3, 4});
}

TEST_CASE("a file beyond the size of protocol buffers is refused before it is read", "[import]") {
    const TemporaryFolder folder;
    write_bytes(folder / "model.onnx", "");
    std::filesystem::resize_file(folder / "model.onnx", std::uintmax_t(1) << 40);  // sparse
    CHECK_THROWS_WITH(import_onnx(folder / "model.onnx"), Catch::Contains("as external data, has at most"));
}

TEST_CASE("graphs that ONNX does not allow are refused", "[import]") {
    Graph early({2});
    early.node("Relu", {"later"}, "y");
    early.node("Relu", {"x"}, "later");
    require_bad(early.model.SerializeAsString(), "before anything gives it");
    Graph twice({2});
    twice.node("Relu", {"x"}, "y");
    twice.node("Relu", {"y"}, "y");
    require_bad(twice.model.SerializeAsString(), "is given twice");
}
