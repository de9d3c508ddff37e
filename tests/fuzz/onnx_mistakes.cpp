// One node, or two, that the importer refuses or treats in a way of its own; files that are no graphs.
#include "tests/fuzz/onnx_graphs.h"

#include <onnx/onnx_pb.h>

namespace fsd::testing {
namespace {

const char *const constants =
    "float zero = {0}, float[2] two = {1,2}, float[3] three = {1,2,3}, float[2,2] square = {1,2,3,4}, "
    "float[1,2] wide = {1,2}, float[2,2,3,3] k = {}, float[2,1,3,3] k1 = {}, float[2,2,9,9] large = {}, "
    "float[2,2,2,2,2] deep = {}, float[72,2] all = {}, float[36,2] half = {}, int64[1] nine = {9}, "
    "int64[1] first = {0}, int64[1] second = {1}, int64[2] pair = {0,1}, int64[2] twice = {2,2}, "
    "int64[2] flat = {0,72}, int64[5] long = {0,2,3,2,6}, int64[4] other = {1,2,6,6}, int64[2] none = {0,0}, "
    "int64[1] many = {600000}, int64[1] more = {9999999}, int64[1] huge = {99999999999}, "
    "int64[1] negative = {-3}, bool on = {1}, int64 axis = {1}";

// With maps of 2 x 6 x 6, from x to y.
const char *const of_maps[] = {
    "y = AveragePool<kernel_shape=[2,2],strides=[2,2],pads=[1,1,0,0],ceil_mode=1,count_include_pad=1>(x)",
    "y = AveragePool<kernel_shape=[3,3],strides=[2,2],ceil_mode=1,count_include_pad=1>(x)",
    "y = AveragePool<kernel_shape=[2,2],pads=[1,1,1,1]>(x)",
    "y = AveragePool<kernel_shape=[9,9]>(x)",
    "y = AveragePool<kernel_shape=[2,2],dilations=[2,2]>(x)",
    "y = AveragePool<kernel_shape=[2,2],dilations=[2,2],pads=[1,1,1,1]>(x)",
    "y = AveragePool<kernel_shape=[4,4],strides=[3,3]>(x)",
    "y = AveragePool<kernel_shape=[2,2],strides=[4,4]>(x)",
    "y = AveragePool<kernel_shape=[2,2],pads=[2,2,2,2]>(x)",
    "y = AveragePool<kernel_shape=[0,2]>(x)",
    "y = AveragePool<kernel_shape=[2,2],strides=[1,1,1]>(x)",
    "y = AveragePool(x)",
    "y = AveragePool<kernel_shape=[2,2],pads=[1,1]>(x)",
    "y = AveragePool<kernel_shape=[2,2],pads=[-1,0,0,0]>(x)",
    "y = AveragePool<kernel_shape=[2,2],auto_pad=\"OTHER\">(x)",
    "y = AveragePool<kernel_shape=[2,2],auto_pad=7>(x)",
    "y = AveragePool<kernel_shape=[2]>(x)",
    "y = MaxPool<kernel_shape=[2,2],dilations=[2,2]>(x)",
    "y = MaxPool<kernel_shape=[3,3],pads=[1,1,1,1]>(x)",
    "r = Relu(x)\n y = MaxPool<kernel_shape=[3,3],pads=[1,1,1,1],strides=[2,2]>(r)",
    "y = MaxPool<kernel_shape=[4,4],strides=[4,4]>(x)",
    "y = MaxPool<kernel_shape=[4,4],strides=[3,3]>(x)",
    "y, indices = MaxPool<kernel_shape=[2,2],storage_order=1>(x)",
    "z, indices = MaxPool<kernel_shape=[2,2]>(x)\n y = Add(z, indices)",
    "r = Relu(x)\n y = MaxPool<kernel_shape=[2,2],strides=[2,2],pads=[0,0,1,1]>(r)",
    "c = Conv(x, k)\n y = MaxPool<kernel_shape=[2,2],strides=[3,3],pads=[1,1,1,1]>(c)",
    "r = Sigmoid(x)\n c = Conv(r, k)\n y = MaxPool<kernel_shape=[2,2],pads=[1,1,1,1]>(c)",
    "t = Transpose<perm=[0,2,3,1]>(x)\n y = GlobalMaxPool(t)",
    "f = Flatten(x)\n y = GlobalAveragePool(f)",
    "f = Flatten(x)\n y = MaxPool<kernel_shape=[2,2]>(f)",
    "g = Gelu(x)\n y = GlobalAveragePool(g)",
    "y = BatchNormalization<training_mode=1>(x, two, two, two, two)",
    "y = BatchNormalization(x, square, two, two, two)",
    "y = BatchNormalization(x, x, two, two, two)",
    "y = BatchNormalization(x, three, three, three, three)",
    "y = BatchNormalization(x, two, two, two)",
    "f = Flatten(x)\n y = BatchNormalization(f, two, two, two, two)",
    "g = Gelu(x)\n y = BatchNormalization(g, two, two, two, two)",
    "y = Conv(x, three)",
    "y = Conv(k, x)",
    "y = Conv(x, k, three)",
    "y = Conv(x, k1)",
    "y = Conv<group=2>(x, k1)",
    "y = Conv<group=3>(x, k)",
    "y = Conv<group=0>(x, k)",
    "y = Conv(x, large)",
    "y = Conv(x, deep)",
    "y = Conv<pads=[1,1]>(x, k)",
    "y = Conv<strides=[0,1]>(x, k)",
    "y = Conv<dilations=[70000,1]>(x, k)",
    "y = Conv<dilations=[60000,60000],pads=[65536,65536,65536,65536]>(x, k)",
    "y = Conv<auto_pad=\"SAME_UPPER\",dilations=[9000,9000]>(x, k)",
    "y = Conv(x, on)",
    "y = Conv(x)",
    "y = AveragePool<kernel_shape=[2,2],dilations=[60000,60000],pads=[60000,60000,60000,60000],"
    "count_include_pad=1>(x)",
    "g = Gelu(x)\n y = Conv(g, k)",
    "y = Conv<strides=[2,1],pads=[2,0,1,1]>(x, k)",
    "y = Cast<to=7>(x)",
    "y = Cast<to=99>(x)",
    "y = Cast<to=\"float\">(x)",
    "y = Cast<to=1,saturate=1>(x)",
    "y = Add(x, three)",
    "y = Add(x, deep)",
    "y = Add(x, on)",
    "y = Div(two, x)",
    "y = Div(x, zero)",
    "f = Flatten(x)\n y = Add(f, two)",
    "f = Flatten(x)\n y = Mul(f, zero)",
    "g = Gelu(x)\n y = Mul(g, zero)",
    "c = Conv(x, k)\n y = Sub(c, zero)",
    "c = Add(two, three)\n y = Mul(x, c)",
    "c = Add(two, on)\n y = Mul(x, c)",
    "c = Mul(square, wide)\n y = Mul(x, c)",
    "c = Sub(x, zero)\n d = Div(zero, c)\n y = Relu(d)",
    "c = ConstantOfShape(huge)\n y = Add(x, c)",
    "c = ConstantOfShape<value = float[2] {1,2}>(first)\n y = Add(x, c)",
    "c = ConstantOfShape(two)\n y = Add(x, c)",
    "c = ConstantOfShape<value = int64[1] {2}>(second)\n y = Reshape(x, c)",
    "c = ConstantOfShape(many)\n d = ConstantOfShape(many)\n e = Mul(c, d)\n y = Add(x, e)",
    "c = ConstantOfShape(more)\n y = Add(x, c)",
    "c = ConstantOfShape(x)\n y = Add(x, c)",
    "y = Dropout(x, zero, on)",
    "d = Dropout(two, zero, on)\n y = Mul(x, d)",
    "y = Dropout<seed=1>(x, zero, pair)",
    "d, mask = Dropout(x)\n y = Add(d, mask)",
    "y = Flatten<axis=2>(x)",
    "y = Flatten<axis=-3>(x)",
    "g = Gelu(x)\n y = Flatten(g)",
    "f = Flatten(k)\n y = Mul(x, f)",
    "y = Reshape(x)",
    "y = Reshape(x, two)",
    "y = Reshape<allowzero=1>(x, flat)",
    "y = Reshape(x, long)",
    "y = Reshape(x, other)",
    "y = Reshape(x, nine)",
    "y = Reshape(x, none)",
    "y = Reshape(x, negative)",
    "c = Reshape(square, negative)\n y = Mul(x, c)",
    "c = Reshape(square)\n y = Mul(x, c)",
    "m = Constant<value_ints=[2,-1]>()\n c = Reshape(square, m)\n y = Mul(x, c)",
    "m = Constant<value_ints=[0,-1]>()\n c = Reshape(square, m)\n y = Mul(x, c)",
    "y = Softmax<axis=2>(x)",
    "g = Gelu(x)\n y = Softmax(g)",
    "y = LogSoftmax<axis=1>(x)",
    "f = Flatten(x)\n y = LogSoftmax(f)",
    "y = Softmax<axis=9>(x)",
    "y = Squeeze(x, nine)",
    "y = Squeeze(x, first)",
    "y = Squeeze(x, second)",
    "y = Squeeze(x)",
    "s = Squeeze(two, first)\n y = Mul(x, s)",
    "g = Gelu(x)\n y = Squeeze(g)",
    "y = Unsqueeze(x, nine)",
    "y = Unsqueeze(x, first)",
    "y = Unsqueeze(x, twice)",
    "y = Unsqueeze(x, two)",
    "y = Unsqueeze(x)",
    "u = Unsqueeze(two, twice)\n y = Mul(x, u)",
    "g = Gelu(x)\n y = Unsqueeze(g, nine)",
    "y = Transpose(x)",
    "y = Transpose<perm=[0,1,3,2]>(x)",
    "y = Transpose<perm=1>(x)",
    "g = Gelu(x)\n y = Transpose(g)",
    "t = Transpose<perm=[1,0]>(square)\n y = Mul(x, t)",
    "t = Transpose<perm=[0]>(square)\n y = Mul(x, t)",
    "t = Transpose<perm=[0,0]>(square)\n y = Mul(x, t)",
    "t = Transpose<perm=[0,2]>(square)\n y = Mul(x, t)",
    "t = Transpose(on)\n y = Mul(x, t)",
    "t = Transpose<perm=[1,2,0]>(k)\n y = Mul(x, t)",
    "y = Identity(x)",
    "i = Identity(x)\n y = Dropout(i)",
    "c = Constant<value = float[2,2,3,3] "
    "{1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9}>()\n"
    " y = Conv(x, c)",
    "s = Shape(x)\n r = Relu(x)\n t = Shape(r)\n u = Shape(x)\n y = Reshape(r, u)",
    "s = Shape(x)\n y = Cast<to=1>(s)",
    "c = Concat<axis=0>(x)\n y = Relu(c)",
    "y = Concat<axis=0>(x, x)",
    "c = Concat<axis=1>(pair, pair)\n y = Reshape(x, c)",
    "c = Concat<axis=0>(pair, two)\n y = Reshape(x, c)",
    "c = Gather(pair, nine)\n y = Reshape(x, c)",
    "c = Gather<axis=1>(pair, first)\n y = Reshape(x, c)",
    "c = Gather(two, first)\n y = Reshape(x, c)",
    "c = Gelu(two)\n y = Add(x, c)",
    "c = Relu(two)\n y = Add(x, c)",
    "c = Sigmoid(two)\n y = Add(x, c)",
    "y = Identity(two)",
    "r = Relu(x)\n y = Identity(two)",
    "c = Cast<to=7>(two)\n y = Add(x, c)",
    "c = Cast<to=10>(two)\n y = Add(x, c)",
    "c = Cast<to=7>(pair)\n y = Reshape(x, c)",
    "c = Cast<to=1>(on)\n y = Add(x, c)",
    "y = Constant()",
    "c = Constant()\n y = Add(x, c)",
    "c = Constant<value_float=1>()\n y = Add(x, c)",
    "c = Constant<value_string=\"s\">()\n y = Add(x, c)",
    "c = Constant<value_strings=[\"s\"]>()\n y = Add(x, c)",
    "y = Erf(x, x)",
    "y = Relu()",
    "y = Relu(later)",
    "r = Relu(x)\n r = Relu(r)\n y = Relu(r)",
    "r = Relu(x)",
    "f = Flatten(x)\n y = Gemm(f, all)",
    "f = Flatten(x)\n y = Gemm(f, all, three)",
    "f = Flatten(x)\n y = Gemm(f, half)",
    "f = Flatten(x)\n y = Gemm<beta=0.5,alpha=2.0>(f, all, two)",
    "f = Flatten(x)\n y = Gemm<transA=1>(f, all)",
    "f = Flatten(x)\n y = Gemm<transB=1>(f, all)",
    "f = Flatten(x)\n y = Gemm(f, two)",
    "f = Flatten(x)\n y = Gemm(all, f)",
    "f = Flatten(x)\n y = Gemm(f, f)",
    "f = Flatten(x)\n y = MatMul(f, all)",
    "f = Flatten(x)\n y = MatMul(f, half)",
    "f = Flatten(x)\n y = MatMul(f, two)",
    "f = Flatten(x)\n y = MatMul(all, f)",
    "y = MatMul(x, square)",
    "y = Gemm(x, square)",
    "g = Gelu(x)\n y = Gemm(g, all)",
    "g = Gelu(x)\n y = MatMul(g, all)",
    "y = Relu(x)\n z = Sigmoid(y)",
};

const char *const beginning = "float[N,2,6,6] x";

// Graphs of several outputs, inputs and sizes.
const struct {
    int operator_set;
    const char *input, *output, *nodes;
} of_others[] = {
    {13, beginning, "float[N,2] y, float[N,2] z", "y = Relu(x)\n z = Sigmoid(y)"},
    {13, beginning, "", "y = Relu(x)"},
    {13, "", "float[N,2] y", "y = Relu(two)"},
    {13, "float[N,2] x, float[N,2] z", "float[N,2] y", "y = Add(x, z)"},
    {13, "float[N,2] x, float[N,2] z", "float[N,2] y", "y = Relu(z)"},
    {11, "float[N,2] x", "float[N,2] y", "u = Unsqueeze(x)\n y = Squeeze(u)"},
    {11, "float[N,2] x", "float[N,2] y", "d = Dropout<ratio=0.5>(x)\n y = LogSoftmax(d)"},
    {13, "float[N,2] x", "float[N,2] y", "y = Softmax<axis=0>(x)"},
    {11, "float[N,2,3] x", "float[N,2,3] y", "y = Softmax<axis=2>(x)"},
    {11, "float[N,2,3] x", "float[N,2,3] y", "y = LogSoftmax<axis=1>(x)"},
    {13, "float[N,6,6,1] x", "float[N,36] y",
     "i = Identity(two)\n m = Constant<value_ints=[-1,1,6,6]>()\n y = Reshape(x, m)"},
    {13, "float[N,6,6,2] x", "float[N,2] y", "t = Transpose<perm=[0,3,1,2]>(x)\n y = GlobalMaxPool(t)"},
    {13, "float[N,6,2] x", "float[N,2] y", "t = Transpose<perm=[0,2,1]>(x)\n y = GlobalMaxPool(t)"},
    {13, "float[N,2,6,6] x", "float[N,2] y",
     "t = Transpose<perm=[0,2,3,1]>(x)\n u = Transpose<perm=[0,3,1,2]>(t)\n y = Relu(u)"},
    {13, "float x", "float y", "y = Relu(x)"},
    {13, "float[N,2,2,2,2] x", "float[N,2] y", "y = Relu(x)"},
    {13, "float[N,0,2] x", "float[N,2] y", "y = Relu(x)"},
    {13, "float[N,99999,2] x", "float[N,2] y", "y = Relu(x)"},
    {13, "float[N,60000,60000] x", "float[N,2] y", "y = Softmax<axis=1>(x)"},
    {13, "float16[N,2] x", "float[N,2] y", "y = Relu(x)"},
    {13, "uint8[4,2] x", "float[4,2] y",
     "c = Cast<to=1>(x)\n m = Constant<value_ints=[4,2]>()\n y = Reshape(c, m)"},
};

// More layers than a network has.
std::string long_graph() {
    std::string nodes = "r0 = Relu(x)\n";
    for (int i = 0; i < 300; i++) {
        nodes += "r" + std::to_string(i + 1) + " = Sigmoid(r" + std::to_string(i) + ")\n";
    }
    return onnx_file_of({13, "float[N,2] x", "float[N,2] r300", "", nodes.c_str()});
}

// Graphs in attributes of nodes of graphs.
std::string nested_graph() {
    onnx::ModelProto model;
    onnx::GraphProto *graph = model.mutable_graph();
    for (int depth = 0; depth < 20; depth++) {
        onnx::AttributeProto &attribute = *graph->add_node()->add_attribute();
        attribute.set_type(onnx::AttributeProto::GRAPH);
        graph = attribute.mutable_g();
    }
    return model.SerializeAsString();
}

}  // namespace

std::vector<std::string> onnx_mistakes() {
    std::vector<std::string> files = {long_graph(), nested_graph(), onnx::ModelProto().SerializeAsString()};
    for (const char *nodes : of_maps) {
        files.push_back(onnx_file_of({13, beginning, "float[N,2] y", constants, nodes}));
    }
    for (const auto &[set, input, output, nodes] : of_others) {
        files.push_back(onnx_file_of({set, input, output, constants, nodes}));
    }
    // Bytes that are no messages, or none of a model.
    const std::string last = files.back(), graph = "\x3a";
    for (const std::string &wrong :
         {last.substr(0, last.size() / 2), last + "\x0b", last + "\x07", last + "\x3a\xff\xff\xff\xff\x0f",
          last + "\x0d\1\1\1\1", last + "\x09\1\1\1\1\1\1\1\1", last + "\xff", graph + '\0',
          std::string("\x3a\x02\x0a\x09", 4)}) {
        files.push_back(wrong);
    }
    return files;
}

std::vector<std::string> onnx_changed(const std::string &file) {
    onnx::ModelProto whole;
    whole.ParseFromString(file);
    std::vector<std::string> files;
    const auto save = [&](const auto &change) {
        onnx::ModelProto model = whole;
        change(model);
        files.push_back(model.SerializeAsString());
    };
    for (int i = 0; i < whole.metadata_props_size(); i++) {
        save([&](onnx::ModelProto &model) { model.mutable_metadata_props(i)->set_value("{}"); });
    }
    for (int i = 0; i < whole.graph().initializer_size(); i++) {
        const auto tensor_of = [&](onnx::ModelProto &model) {
            return model.mutable_graph()->mutable_initializer(i);
        };
        save([&](onnx::ModelProto &model) { tensor_of(model)->set_name("other"); });
        save([&](onnx::ModelProto &model) {
            std::string &bytes = *tensor_of(model)->mutable_raw_data();
            bytes.assign(bytes.size(), '\xff');  // no numbers
        });
        save([&](onnx::ModelProto &model) {
            std::string &bytes = *tensor_of(model)->mutable_raw_data();
            bytes.assign(bytes.size(), '\x3f');  // other ones
        });
    }
    for (int i = 0; i < whole.graph().node_size(); i++) {
        save(
            [&](onnx::ModelProto &model) { model.mutable_graph()->mutable_node(i)->set_op_type("Sigmoid"); });
    }
    return files;
}

}  // namespace fsd::testing
