// Files of ordinary networks that are spoiled: every kind of layer, the input's scaling, the end.
#include "tests/malformed/spoiled.h"

#include <limits>

namespace fsd::testing {
namespace {

const float nan = std::numeric_limits<float>::quiet_NaN();
const float infinity = std::numeric_limits<float>::infinity();

std::vector<Malformed> spoiled_inputs(const ModelBytes &good) {
    return {
        {"ordinary layers in version 1",
         good.edited("\"version\":\"2\"", "\"version\":\"0\"").file(),
         {"version", "'0'", "1, 2 and 3"}},
        {"unknown kind of input",
         good.network("\"kind\":\"real\"", "\"kind\":\"gray\"").file(),
         {"input.kind", "'gray'", "bernoulli, real or vector"}},
        {"scale of three numbers for two colors",
         good.network("\"scale\":[0.01,0.02]", "\"scale\":[0.01,0.02,0.03]").file(),
         {"input", "scale has 3 numbers", "2 colors"}},
        {"scale that is text", good.network("[0.01,0.02]", "[0.01,\"x\"]").file(), {"scale[1]", "a number"}},
        {"scale that is a bare word",
         good.network("[0.01,0.02]", "[0.01,nan]").file(),
         {"scale[1]", "a number"}},
        {"scale with a leading zero",
         good.network("[0.01,0.02]", "[00.01,1]").file(),
         {"scale[0]", "a number"}},
        {"scale without digits", good.network("[0.01,0.02]", "[0.,1]").file(), {"scale[0]", "a number"}},
        {"scale beyond float64", good.network("[0.01,0.02]", "[1e999,1]").file(), {"scale[0]", "float64"}},
        {"huge scale", good.network("[0.01,0.02]", "[1e31,1]").file(), {"input", "scale holds 1e+31"}},
        {"offset that is no list", good.network("\"offset\":[-1]", "\"offset\":-1").file(), {"input.offset"}},
        {"Bernoulli input with scale",
         good.network("\"kind\":\"real\"", "\"kind\":\"bernoulli\"").file(),
         {"input", "no scale"}},
        {"vector with a height",
         good.network("\"kind\":\"real\"", "\"kind\":\"vector\",\"size\":144").file(),
         {"input", "neither height"}},
        {"vector without size",
         good.network("\"kind\":\"real\",\"height\":9,\"width\":8,\"colors\":2", "\"kind\":\"vector\"")
             .file(),
         {"input", "must have size"}},
        {"image with a size", good.network("\"colors\":2", "\"colors\":2,\"size\":2").file(), {"input"}},
        {"no colors", good.network("\"colors\":2", "\"colors\":0").file(), {"input", "colors 0"}},
    };
}

std::vector<Malformed> spoiled_layers(const ModelBytes &good) {
    const std::string first = "\"op\":\"conv\",\"name\":\"first\"";
    return {
        {"no channels",
         good.network("\"channels\":6", "\"channels\":0").file(),
         {"layer 0", "channels is 0"}},
        {"channels missing",
         good.network("\"channels\":6,", "").file(),
         {"layer 0 (conv 'first')", "'channels' is missing"}},
        {"too many channels",
         good.network("\"channels\":6", "\"channels\":65537").file(),
         {"layer 0", "channels is 65537"}},
        {"states of a conv",
         good.network("\"channels\":6", "\"channels\":6,\"states\":2").file(),
         {"layer 0", "unknown attribute 'states'"}},
        {"padding as wide as the window",
         good.network("\"padding_x\":1", "\"padding_x\":3").file(),
         {"layer 0", "padding_x is 3", "between 0 and 2"}},
        {"a fraction as padding",
         good.network("\"padding_x\":1", "\"padding_x\":1.5").file(),
         {"layer 0", "whole number", "'padding_x'"}},
        {"groups that do not divide the inputs",
         good.network("\"groups\":6", "\"groups\":4").file(),
         {"layer 3 (conv 'depth')", "groups 4", "6 channels", "12"}},
        {"groups 0", good.network("\"groups\":6", "\"groups\":0").file(), {"layer 3", "groups is 0"}},
        {"groups that change the weights",
         good.network("\"groups\":6", "\"groups\":3").file(),
         {"'depth.weight'", "[3, 3, 2, 12]", "[3, 3, 1, 12]"}},
        {"window larger than the map",
         good.network("\"op\":\"locally_connected\",\"name\":\"local\",\"channels\":5,\"window_x\":2",
                      "\"op\":\"locally_connected\",\"name\":\"local\",\"channels\":5,\"window_x\":9")
             .file(),
         {"layer 6 (locally_connected 'local')", "window_x 9 does not fit"}},
        {"alpha missing",
         good.network("\"op\":\"quadratic\",\"alpha\":0.25", "\"op\":\"quadratic\"").file(),
         {"layer 4 (quadratic)", "'alpha' is missing"}},
        {"alpha out of range",
         good.network("\"alpha\":0.25", "\"alpha\":1e9").file(),
         {"layer 4", "alpha is 1e+09"}},
        {"alpha that is text",
         good.network("\"alpha\":0.25", "\"alpha\":\"0.25\"").file(),
         {"alpha", "a number"}},
        {"alpha of relu",
         good.network("\"op\":\"relu\"", "\"op\":\"relu\",\"alpha\":0.25").file(),
         {"layer 2 (relu)", "unknown attribute 'alpha'"}},
        {"epsilon 0",
         good.network("\"op\":\"batch_norm\"", "\"op\":\"batch_norm\",\"epsilon\":0").file(),
         {"layer 1 (batch_norm 'norm')", "epsilon is 0"}},
        {"groups of batch_norm",
         good.network("\"op\":\"batch_norm\"", "\"op\":\"batch_norm\",\"groups\":2").file(),
         {"layer 1", "unknown attribute 'groups'"}},
        {"pooling stride 0",
         good.network("\"op\":\"average_pool\",\"pool_stride_x\":2",
                      "\"op\":\"average_pool\",\"pool_stride_x\":0")
             .file(),
         {"layer 5 (average_pool)", "pool_stride_x is 0"}},
        {"marginals of real numbers",
         good.network("average_pool", "marginal_pool").file(),
         {"layer 5 (marginal_pool)", "takes probabilities", "gives real numbers"}},
        {"evidence of real numbers",
         good.network(first + ",\"channels\":6,\"padding_x\":1,\"padding_y\":1",
                      "\"op\":\"kld_conv\",\"name\":\"first\",\"groups\":1,\"states\":6,\"stride_y\":1,"
                      "\"stride_x\":1,"
                      "\"padding_x\":1,\"padding_y\":1")
             .file(),
         {"layer 0 (kld_conv 'first')", "takes probabilities", "gives real numbers"}},
        {"classes of real numbers",
         good.network(",{\"op\":\"log_softmax\"}", "").file(),
         {"the last layer must give log-probabilities", "gives real numbers"}},
        {"probabilities at the end",
         good.network("\"log_softmax\"", "\"softmax\"").file(),
         {"the last layer must give log-probabilities", "gives probabilities"}},
        {"numbers on a map at the end",
         good.network(",{\"op\":\"linear\",\"name\":\"last\",\"channels\":3},{\"op\":\"log_softmax\"}", "")
             .network("[\"zero\",\"one\",\"two\"]", "[]")
             .file(),
         {"layers", "[1, 1, 1, numbers]"}},
        {"relu with a name",
         good.network("\"op\":\"relu\"", "\"op\":\"relu\",\"name\":\"r\"").file(),
         {"layer 2", "must not have a name"}},
        {"conv without a name", good.network(first, "\"op\":\"conv\"").file(), {"layer 0 (conv)", "name"}},
    };
}

std::vector<Malformed> spoiled_numbers(const ModelBytes &good) {
    return {
        {"NaN weight", good.number("first.weight", 7, nan).file(), {"'first.weight'", "element 7", "nan"}},
        {"infinite bias",
         good.number("first.bias", 5, infinity).file(),
         {"'first.bias'", "element 5", "inf"}},
        {"infinite weight of a site",
         good.number("local.weight", 0, -infinity).file(),
         {"'local.weight'", "-inf"}},
        {"NaN bias of a site", good.number("local.bias", 3, nan).file(), {"'local.bias'", "element 3"}},
        {"NaN scale", good.number("norm.scale", 0, nan).file(), {"'norm.scale'", "nan"}},
        {"infinite shift", good.number("norm.shift", 1, infinity).file(), {"'norm.shift'", "inf"}},
        {"NaN mean", good.number("norm.mean", 2, nan).file(), {"'norm.mean'", "nan"}},
        {"negative variance",
         good.number("norm.variance", 4, -0.5f).file(),
         {"'norm.variance'", "element 4", "must not be negative"}},
        {"NaN weight at the end", good.number("last.weight", 1, nan).file(), {"'last.weight'", "element 1"}},
        {"missing bias",
         good.edited("last.bias", "last.offset").file(),
         {"'last.bias'", "missing", "layer 9"}},
        {"missing variance",
         good.edited("norm.variance", "norm.deviation").file(),
         {"'norm.variance'", "missing", "layer 1"}},
        {"weights of half precision",
         good.edited("\"last.weight\":{\"dtype\":\"F32\"", "\"last.weight\":{\"dtype\":\"F64\"").file(),
         {"last.weight"}},
    };
}

}  // namespace

std::vector<Malformed> spoiled_ordinary(const ModelBytes &good) {
    std::vector<Malformed> all = spoiled_inputs(good);
    for (const auto &group : {spoiled_layers(good), spoiled_numbers(good)}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

}  // namespace fsd::testing
