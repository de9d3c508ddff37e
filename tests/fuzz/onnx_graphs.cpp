// Written in ONNX's own text form, which its library parses.
#include "tests/fuzz/onnx_graphs.h"

#include <onnx/defs/parser.h>

#include <cstdio>
#include <cstdlib>

namespace fsd::testing {
namespace {

const OnnxText graphs[] = {
    // Convolutional networks as PyTorch and Keras write them.
    {13, "float[N,1,6,6] x", "float[N,2] y",
     "float[2,1,3,3] w = {1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9}, float[2] b = {1,2}, float[2,18] d = "
     "{1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9}",
     "c = Conv<pads=[1,1,1,1],strides=[1,1],dilations=[1,1],group=1,kernel_shape=[3,3]>(x, w, b)\n"
     "n = BatchNormalization<epsilon=0.001>(c, b, b, b, b)\n r = Relu(n)\n"
     "p = MaxPool<kernel_shape=[2,2],strides=[2,2]>(r)\n f = Flatten(p)\n g = Gemm<transB=1,alpha=0.5>(f, d, "
     "b)\n"
     "y = LogSoftmax<axis=1>(g)"},
    {13, "float[N,6,6,1] x", "float[N,2] y",
     "float[2,1,2,2] w = {1,2,3,4,5,6,7,8}, int64[2] s = {-1, 50}, float[2] b = {1,2}",
     "t = Transpose<perm=[0,3,1,2]>(x)\n c = Conv<auto_pad=\"SAME_UPPER\",dilations=[2,2]>(t, w)\n"
     "q = AveragePool<kernel_shape=[3,3],strides=[2,2],pads=[1,1,1,1],count_include_pad=1>(c)\n"
     "g = GlobalAveragePool(q)\n u = Transpose<perm=[0,2,3,1]>(g)\n v = Squeeze(u)\n y = Add(v, b)"},
    {9, "float[N,1,6,6] x", "float[N,2] y", "float[2,1,2,2] w = {1,2,3,4,5,6,7,8}, float[2,1,1] k = {2,4}",
     "c = Conv<auto_pad=\"SAME_LOWER\",strides=[2,2]>(x, w)\n d = Div(c, k)\n m = Mul(k, d)\n e = Sub(m, "
     "k)\n h = Sub(k, e)\n"
     "s = Sigmoid(h)\n p = MaxPool<auto_pad=\"VALID\",kernel_shape=[2,2]>(s)\n g = GlobalMaxPool(p)\n f = "
     "Flatten<axis=1>(g)\n"
     "i = Identity(f)\n y = Softmax<axis=-1>(i)"},
    {13, "float[N,2,6] x", "float[N,2,2] y", "float[2,1,3] w = {1,2,3,4,5,6}",
     "c = Conv<group=2,pads=[2,0]>(x, w)\n m = MaxPool<kernel_shape=[3],strides=[3],ceil_mode=1>(c)\n y = "
     "Erf(m)"},
    // Vectors; shapes that are computed.
    {13, "float[N,4] x", "float[N,2] y",
     "float[4,2] w = {1,2,3,4,5,6,7,8}, float[2] b = {1,2}, int64[1] zero = {0}, int64[1] four = {4}, int64 "
     "one = {1}",
     "s = Shape(x)\n g = Gather(s, one)\n z = Gather<axis=0>(s, zero)\n t = Concat<axis=0>(zero, four)\n"
     "r = Reshape(x, t)\n m = MatMul(r, w)\n a = Add(b, m)\n dr = Dropout(a)\n y = Cast<to=1>(dr)"},
    {13, "float[N,16] x", "float[N,3] y", "int64[4] t = {-1,1,4,4}, float[3,16] w = {}",
     "r = Reshape(x, t)\n c = Constant<value = float[2,1,3,3] {1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9}>()\n k = "
     "Conv(r, c)\n"
     "s = Constant<value_ints=[0,-1]>()\n f = Reshape(k, s)\n y = Relu(f)"},
    {13, "float[N,3] x", "float[N,3] y", "int64[1] three = {3}, int64[1] first = {0}, int64[1] axes = {2}",
     "c = ConstantOfShape<value = float[1] {2}>(three)\n d = Unsqueeze(c, first)\n e = Squeeze(d, first)\n m "
     "= Mul(x, e)\n"
     "i = ConstantOfShape<value = int64[1] {3}>(first)\n u = Unsqueeze(m, axes)\n v = Squeeze(u, axes)\n"
     "k = Constant<value_float=0.5>()\n w = Add(v, k)\n q = Constant<value_floats=[1.0,2.0,3.0]>()\n n = "
     "Mul(w, q)\n"
     "p = Constant<value_int=2>()\n f = Cast<to=1>(p)\n y = Sub(n, f)"},
    {11, "uint8[N,2,3] x", "float[N,6] y", "int64[2] t = {0,6}",
     "c = Cast<to=1>(x)\n u = Unsqueeze<axes=[3]>(c)\n v = Squeeze<axes=[3]>(u)\n r = Reshape(v, t)\n y = "
     "Softmax(r)"},
    {15, "float[N,2,3,3] x", "float[N,2] y", "float[2,18] w = {}, float one = {1}",
     "s = Shape<start=1,end=3>(x)\n f = Flatten(x)\n g = Gemm<transA=1>(f, w)\n y = Add(g, one)"},
    {13, "float[N,3,4] x", "float[N,4,3] y", "",
     "t = Transpose<perm=[0,2,1]>(x)\n u = Transpose<perm=[0,1,2]>(t)\n y = Relu(u)"},
    {13, "float[N,8,8,1] x", "float[N,1,8,8] y", "int64[4] t = {-1,1,8,8}",
     "r = Reshape(x, t)\n y = Relu(r)"},
    {13, "float[N,2,5,5] x", "float[N,2,2,2] y", "",
     "p = AveragePool<kernel_shape=[2,2],strides=[2,2],ceil_mode=1>(x)\n"
     "q = AveragePool<kernel_shape=[2,2],pads=[1,1,0,0]>(p)\n m = "
     "MaxPool<kernel_shape=[2,2],pads=[1,1,1,1]>(q)\n y = Relu(m)"},
    // Constants that are computed from others and from the input's shape; axes that are moved, and moved
    // back.
    {13, "float[N,4] x", "float[N,4] y",
     "float[2] b = {1,2}, float[2,1] c = {3,4}, int64[1] four = {4}, int64[1] zero = {0}",
     "s = Shape(x)\n n = Gather(s, zero)\n t = Concat<axis=0>(n, four)\n k = Add(b, c)\n l = Mul(k, k)\n m = "
     "Sub(l, c)\n"
     "d = Div(m, k)\n dt = Transpose(d)\n du = Transpose<perm=[1,0]>(dt)\n id = Identity(du)\n dr = "
     "Dropout(id)\n"
     "fl = Flatten(dr)\n v = Reshape(fl, four)\n cs = Cast<to=1>(v)\n us = Unsqueeze(cs, zero)\n sq = "
     "Squeeze(us, zero)\n"
     "q = Relu(x)\n r = Reshape(q, t)\n y = Add(r, sq)"},
    {15, "float[N,4] x", "float[N,4] y", "float[3,4] b = {1,2,3,4,5,6,7,8,9,1,2,3}",
     "s = Shape<start=1>(b)\n o = ConstantOfShape<value = float[1] {2}>(s)\n z = Mul(o, x)\n y = Erf(z)"},
    {13, "float[N,2,6,6] x", "float[N,2] y", "float[2] b = {1,2}, float[2,1,1] c = {1,2}",
     "r = Relu(x)\n m = MaxPool<kernel_shape=[3,3],strides=[2,2],pads=[1,1,1,1]>(r)\n"
     "a = AveragePool<kernel_shape=[2,2],strides=[2,2],ceil_mode=1>(m)\n n = BatchNormalization(a, b, b, b, "
     "b)\n d = Add(n, c)\n"
     "q = Mul(d, c)\n g = GlobalAveragePool(q)\n f = Flatten(g)\n y = Softmax(f)"},
    {13, "float[N,2,6,6] x", "float[N,2] y", "",
     "r = Sigmoid(x)\n a = "
     "AveragePool<kernel_shape=[3,3],strides=[2,2],pads=[1,1,1,1],count_include_pad=1>(r)\n"
     "m = MaxPool<kernel_shape=[2,2],strides=[3,3]>(a)\n g = GlobalMaxPool(m)\n y = Flatten(g)"},
    {13, "float[N,6,6,2] x", "float[N,3] y", "float[3,72] w = {}",
     "t = Transpose<perm=[0,3,1,2]>(x)\n r = Relu(t)\n u = Transpose<perm=[0,2,3,1]>(r)\n f = Flatten(u)\n y "
     "= Sigmoid(f)"},
    // What is refused: other inputs, values that are read twice, numbers that do not fit, operators and
    // attributes that
    // are not known.
    {13, "float[N,4] x, float[N,4] z", "float[N,4] y", "", "y = Add(x, z)"},
    {13, "float[N,M] x", "float[N,4] y", "", "y = Relu(x)"},
    {13, "double[N,2,2,2,2] x", "float[N,4] y", "", "y = Relu(x)"},
    {13, "float[N,4] x", "float[N,4] y", "", "a = Relu(x)\n b = Sigmoid(x)\n y = Add(a, b)"},
    {13, "float[N,4] x", "float[N,4] y", "", "y = Gelu(x)"},
    {13, "float[N,4] x", "float[N,4] y", "", "y = Relu<slope=0.5>(x)"},
    {13, "float[N,4] x", "float[N,4] y", "float[3,2] w = {1,2,3,4,5,6}, float[3] b = {1,2,3}",
     "m = MatMul(x, w)\n g = Gemm(m, w, b)\n h = Gemm<transA=1>(g, b)\n y = MatMul(w, h)"},
    {13, "float[N,2,6,6] x", "float[N,2] y",
     "float[3,1,3,3] w = {}, float[2,2,9,9] v = {}, float[3] b = {1,2,3}",
     "a = Conv<group=3>(x, w)\n c = Conv<pads=[1,1]>(x, v)\n d = Conv<strides=[0,1]>(x, v, b)\n"
     "e = Conv<auto_pad=\"OTHER\">(x, v)\n f = Conv<dilations=[1]>(d, v)\n g = Conv(f, b)\n y = Conv(g)"},
    {13, "float[N,2,6,6] x", "float[N,2] y",
     "float[2] b = {1,2}, float[3] k = {1,2,3}, float[6] six = {1,2,3,4,5,6}",
     "a = BatchNormalization<training_mode=1>(x, b, b, b, b)\n c = BatchNormalization(a, k, b, b, b)\n d = "
     "Add(c, k)\n"
     "e = Mul(d, six)\n f = Div(k, e)\n g = Softmax<axis=2>(f)\n h = MaxPool<kernel_shape=[2,2,2]>(g)\n"
     "i = AveragePool<kernel_shape=[9,9]>(h)\n j = MaxPool(i)\n k2 = "
     "MaxPool<kernel_shape=[2,2],dilations=[2,2]>(j)\n y = Flatten<axis=2>(k2)"},
    {13, "float[N,4] x", "float[N,4] y",
     "int64[3] t = {2,2,2}, int64[1] nine = {9}, float[2] r = {1,2}, bool on = {1}",
     "a = Reshape<allowzero=1>(x, t)\n b = Reshape(x, r)\n c = Unsqueeze(x, nine)\n d = Squeeze(x, nine)\n e "
     "= Cast<to=7>(x)\n"
     "f = Cast<to=7>(r)\n g = Gather(t, nine)\n h = Gather(r, t)\n i = Concat<axis=1>(t, r)\n j = Dropout(x, "
     "r, on)\n"
     "k = ConstantOfShape(nine)\n l = Transpose<perm=[1,0]>(x)\n m = Reshape(r, t)\n n = Cast<to=10>(t)\n"
     "o = Constant<value_string=\"s\">()\n p = Concat<axis=0>(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o)\n y = Add(x, "
     "p)"},
    {5, "float[N,4] x", "float[N,4] y", "", "y = Relu(x)"},
    {99, "float[N,4] x", "float[N,4] y", "", "y = Relu(x)"},
};

// Weights without numbers are zeros.
void fill(onnx::TensorProto &tensor) {
    std::int64_t count = 1;
    for (const std::int64_t extent : tensor.dims()) {
        count *= extent;
    }
    while (tensor.data_type() == onnx::TensorProto::FLOAT && tensor.float_data_size() < count) {
        tensor.add_float_data(0.1F);
    }
}

// A model of y = x + constant.
std::string file_with(const onnx::TensorProto &constant) {
    onnx::ModelProto model;
    onnx::OnnxParser::Parse(
        model, "<ir_version: 8, opset_import: [\"\" : 13]>\ng (float[N,2] x) => (float[N,2] y) {\n"
               "c = Cast<to=1>(k)\n y = Add(x, c)\n}");
    *model.mutable_graph()->add_initializer() = constant;
    model.mutable_graph()->mutable_initializer(0)->set_name("k");
    return model.SerializeAsString();
}

}  // namespace

std::string onnx_file_of(const OnnxText &graph) {
    const std::string constants = *graph.constants ? std::string("<") + graph.constants + "> " : "";
    const std::string text = "<ir_version: 8, opset_import: [\"\" : " + std::to_string(graph.operator_set) +
                             "]>\ng (" + graph.input + ") => (" + graph.output + ") " + constants + "{\n" +
                             graph.nodes + "\n}";
    onnx::ModelProto model;
    const onnx::Common::Status status = onnx::OnnxParser::Parse(model, text.c_str());
    if (!status.IsOK()) {
        std::fprintf(stderr, "No graph: %s\n%s\n", status.ErrorMessage().c_str(), text.c_str());
        std::abort();
    }
    for (onnx::TensorProto &tensor : *model.mutable_graph()->mutable_initializer()) {
        fill(tensor);
    }
    return model.SerializeAsString();
}

std::vector<std::string> onnx_graphs() {
    std::vector<std::string> files;
    for (const OnnxText &graph : graphs) {
        files.push_back(onnx_file_of(graph));
    }
    // Every type of number, as raw bytes and in a list; in a file that is not there; too few of them.
    for (int type = onnx::TensorProto::FLOAT; type <= onnx::TensorProto::BFLOAT16; type++) {
        onnx::TensorProto constant;
        constant.set_data_type(type);
        constant.add_dims(2);
        for (const std::size_t bytes : {2, 4, 8, 16}) {
            constant.set_raw_data(std::string(bytes, '\x3c'));
            files.push_back(file_with(constant));
        }
        constant.clear_raw_data();
        files.push_back(file_with(constant));
        for (int i = 0; i < 2; i++) {
            constant.add_float_data(1.5F);
            constant.add_int32_data(3);
            constant.add_int64_data(-3);
            constant.add_double_data(2.5);
        }
        files.push_back(file_with(constant));
        constant.set_data_location(onnx::TensorProto::EXTERNAL);
        onnx::StringStringEntryProto &place = *constant.add_external_data();
        place.set_key("location");
        place.set_value("numbers");
        files.push_back(file_with(constant));
        onnx::StringStringEntryProto &number = *constant.add_external_data();
        for (const auto &[key, value] :
             {std::pair("offset", "4"), std::pair("offset", "99"), std::pair("offset", "x"),
              std::pair("length", "8"), std::pair("length", "-5")}) {
            number.set_key(key);
            number.set_value(value);
            files.push_back(file_with(constant));
        }
        constant.set_dims(0, -1);
        files.push_back(file_with(constant));
    }
    return files;
}

}  // namespace fsd::testing
