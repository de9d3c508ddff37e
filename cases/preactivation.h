// The float64 reference of the preactivations of ordinary layers, bias + sum of features times weights, and
// the error of its float32 sum; shared by the cases of the forward operators and of their fusions.
//
// The error: a sum of K products and a bias, added in any order, has K roundings of products and K of partial
// sums. Each term passes at most K + 1 of them, each at most half an epsilon of it: SumOfProducts, for which
// the bias is one more product. relu makes no error larger.
#pragma once

#include "cases/evidence.h"
#include "cases/sum_of_products.h"

#include <algorithm>
#include <array>

namespace fsd::testing {

// Adds the bias, allows the errors and applies `activation` to the output `name`, whose last axis is the
// bias's or whose axes behind the sample are.
template<typename Activation>
void finish(Problem &problem, SumOfProducts &sum, const std::string &name, Activation activation) {
    sum.add_to_each(problem["bias"].data);
    sum.scale(1);
    std::vector<double> &all = problem.tensors.at(name).data;
    std::transform(all.begin(), all.end(), all.begin(), activation);
}

inline double identity(double z) {
    return z;
}
inline double relu_of(double z) {
    return std::max(z, 0.0);
}

// [sample, output_y, output_x, output].
template<typename Activation>
void convolution_layer(Problem &problem, const std::string &name, Activation activation) {
    const Values &features = problem["features"];
    Values &weight = problem.tensors.at("weight");
    const int inputs = problem.extent("input"), outputs = problem.extent("output");
    SumOfProducts sum(
        problem, name,
        {problem.extent("sample"), problem.extent("output_y"), problem.extent("output_x"), outputs});
    for_each_observation(
        problem, [&](int sample, int output_y, int output_x, int window_y, int window_x, int y, int x) {
            for (int i = 0; i < inputs; i++) {
                sum.add_row(features(sample, y, x, i), &weight(window_y, window_x, i, 0), outputs, sample,
                            output_y, output_x, 0);
            }
        });
    finish(problem, sum, name, activation);
}

// [sample, output].
template<typename Activation>
void linear_layer(Problem &problem, const std::string &name, Activation activation) {
    const Values &features = problem["features"];
    Values &weight = problem.tensors.at("weight");
    const int samples = problem.extent("sample"), outputs = problem.extent("output");
    SumOfProducts sum(problem, name, {samples, outputs});
    for (int n = 0; n < samples; n++) {
        for (int i = 0; i < problem.extent("input"); i++) {
            sum.add_row(features(n, i), &weight(i, 0), outputs, n, 0);
        }
    }
    finish(problem, sum, name, activation);
}

inline std::map<std::string, Domain> layer_inputs() {
    return {{"features", Domain::gradient}, {"weight", Domain::gradient}, {"bias", Domain::gradient}};
}

// Arguments read once and the result, an element for each point of the axes, written once.
inline double layer_bytes(const Problem &problem, const std::vector<std::string> &axes_of_result) {
    double elements = 1;
    for (const std::string &axis : axes_of_result) {
        elements *= problem.extent(axis);
    }
    for (const char *tensor : {"features", "weight", "bias"}) {
        elements += static_cast<double>(problem[tensor].data.size());
    }
    return sizeof(float) * elements;
}

inline Work convolution_layer_work(const Problem &problem) {
    return {2 * multiplications(problem), layer_bytes(problem, {"sample", "output_y", "output_x", "output"})};
}

// The yardstick, then first layers of gray and of colored images, then one of many channels and one with a
// stride.
inline std::vector<Extents> convolution_layer_bench_shapes() {
    constexpr ConvolutionShape shapes[] = {
        {16, 32, 32, 32, 64, 3, 3, 1, 1, 1, 1}, {50, 28, 28, 1, 16, 5, 5, 1, 1, 0, 0},
        {50, 32, 32, 3, 32, 3, 3, 1, 1, 1, 1},  {16, 16, 16, 128, 128, 3, 3, 1, 1, 1, 1},
        {50, 32, 32, 16, 32, 3, 3, 2, 2, 1, 1}, {50, 12, 12, 16, 32, 5, 5, 1, 1, 0, 0},
    };
    std::vector<Extents> all;
    std::transform(std::begin(shapes), std::end(shapes), std::back_inserter(all), extents_of);
    return all;
}

inline Work linear_layer_work(const Problem &problem) {
    return {2. * problem.extent("sample") * problem.extent("input") * problem.extent("output"),
            layer_bytes(problem, {"sample", "output"})};
}

// And seven vectors of outputs, once, twice and five times.
inline std::vector<Extents> linear_layer_shapes() {
    std::vector<Extents> all = forward_linear_shapes();
    for (const auto &[sample, input, output] :
         {std::array{50, 30, 100}, {7, 9, 224}, {4, 5, 557}, {9, 4100, 20}}) {
        all.push_back({{"sample", sample}, {"input", input}, {"output", output}});
    }
    return all;
}

// The layers of the network 784-100-100-100-10 at the batch of its training, the first one at batch 1, and a
// large layer.
inline std::vector<Extents> linear_layer_bench_shapes() {
    return {{{"sample", 50}, {"input", 784}, {"output", 100}},
            {{"sample", 50}, {"input", 100}, {"output", 100}},
            {{"sample", 50}, {"input", 100}, {"output", 10}},
            {{"sample", 50}, {"input", 512}, {"output", 10}},
            {{"sample", 1}, {"input", 784}, {"output", 100}},
            {{"sample", 512}, {"input", 512}, {"output", 512}}};
}

}  // namespace fsd::testing
