// The float64 reference of the evidence, log prior + observations * sum p log q, and the error of its float32
// sum; shared by the cases of the KLD layers and of their fusions.
#pragma once

#include "cases/window.h"

#include <algorithm>
#include <cmath>

namespace fsd::testing {

// [sample, output_y, output_x, output], output = group * states + state: whatever the axes of the filters.
inline Values convolution_evidence(const Problem &problem) {
    const Values &probability = problem["probability"];
    const std::vector<double> &log_likelihood = problem["log_likelihood"].data;
    const std::vector<double> &log_prior = problem["log_prior"].data;
    const int inputs = problem.extent("input");
    const std::size_t outputs = log_prior.size();
    Values evidence({problem.extent("sample"), problem.extent("output_y"), problem.extent("output_x"),
                     static_cast<int>(outputs)});
    const auto row = [&](int sample, int output_y, int output_x) {
        return &evidence(sample, output_y, output_x, 0);
    };
    for_each_observation(
        problem, [&](int sample, int output_y, int output_x, int window_y, int window_x, int y, int x) {
            const std::size_t place = window_y * problem.extent("window_x") + window_x;
            for (int i = 0; i < inputs; i++) {
                const double *filter = &log_likelihood[(place * inputs + i) * outputs];
                for (std::size_t o = 0; o < outputs; o++) {
                    row(sample, output_y, output_x)[o] += probability(sample, y, x, i) * filter[o];
                }
            }
        });
    for (std::size_t i = 0; i < evidence.data.size(); i++) {
        evidence.data[i] = log_prior[i % outputs] + problem.scalars.at("observations") * evidence.data[i];
    }
    return evidence;
}

// [sample, output].
inline Values linear_evidence(const Problem &problem) {
    const Values &probability = problem["probability"];
    const std::vector<double> &log_likelihood = problem["log_likelihood"].data;
    const std::vector<double> &log_prior = problem["log_prior"].data;
    const std::size_t outputs = log_prior.size();
    const int samples = problem.extent("sample"), inputs = problem.extent("input");
    Values evidence({samples, static_cast<int>(outputs)});
    for (int n = 0; n < samples; n++) {
        for (std::size_t o = 0; o < outputs; o++) {
            double sum = 0;
            for (int i = 0; i < inputs; i++) {
                sum += probability(n, i) * log_likelihood[i * outputs + o];
            }
            evidence(n, o) = log_prior[o] + problem.scalars.at("observations") * sum;
        }
    }
    return evidence;
}

// The terms of the sum, the prior included, are all <= 0, so that no partial result is larger than the
// evidence itself. Each of the K additions rounds by half an epsilon of it at most. That is K halves in the
// worst case; as the roundings are independent of each other, more than 6 sqrt(K) halves happen with a
// probability of 2e-8 per element (Higham and Mary, "A new approach to probabilistic rounding error
// analysis", 2019). The product with the observations, its sum with the prior and the rounding of products
// without multiply-add: 3 epsilons.
inline double evidence_error(int terms, double evidence) {
    return epsilon * (0.5 * std::min(1. * terms, 6 * std::sqrt(terms)) + 3) * std::fabs(evidence);
}

inline int convolution_terms(const Problem &problem) {
    return problem.extent("window_y") * problem.extent("window_x") * problem.extent("input");
}

// Arguments read once and the result, an element for each point of the axes, written once.
inline double evidence_bytes(const Problem &problem, const std::vector<std::string> &axes_of_result) {
    double elements = 1;
    for (const std::string &axis : axes_of_result) {
        elements *= problem.extent(axis);
    }
    for (const char *tensor : {"probability", "log_likelihood", "log_prior"}) {
        elements += static_cast<double>(problem[tensor].data.size());
    }
    return sizeof(float) * elements;
}

// Beside the shapes of every convolution: several tasks and several strips, panels in pairs and alone.
inline std::vector<Extents> forward_convolution_shapes() {
    std::vector<Extents> shapes = convolution_shapes();
    for (const ConvolutionShape &shape : {ConvolutionShape{9, 30, 29, 2, 11, 2, 2, 1, 1, 0, 0},
                                          ConvolutionShape{1, 41, 530, 1, 3, 2, 3, 1, 1, 1, 1},
                                          ConvolutionShape{2, 3, 5, 7, 96, 3, 3, 1, 1, 1, 1},
                                          ConvolutionShape{1, 6, 5, 19, 83, 5, 3, 1, 1, 2, 1}}) {
        shapes.push_back(extents_of(shape));
    }
    return shapes;
}

// And maps with enough sums for each tile of a GPU, with inputs in whole vectors and not.
inline std::vector<Extents> and_shapes_of_gpu_tiles(std::vector<Extents> shapes) {
    for (const ConvolutionShape &shape : {ConvolutionShape{2, 23, 40, 8, 148, 3, 3, 1, 1, 1, 1},
                                          {3, 41, 20, 5, 110, 2, 3, 1, 1, 0, 1},
                                          {5, 64, 60, 4, 112, 1, 1, 1, 1, 0, 0},
                                          {7, 50, 57, 3, 111, 1, 2, 1, 1, 0, 0}}) {
        shapes.push_back(extents_of(shape));
    }
    return shapes;
}

// The project's yardsticks, then the layers of the networks that it trains, at batch 1, 50 and 64.
inline std::vector<Extents> forward_convolution_bench_shapes() {
    constexpr ConvolutionShape shapes[] = {
        {16, 32, 32, 32, 64, 3, 3, 1, 1, 1, 1}, {1, 100, 80, 128, 128, 3, 3, 1, 1, 1, 1},
        {1, 28, 28, 1, 16, 5, 5, 1, 1, 0, 0},   {50, 28, 28, 1, 16, 5, 5, 1, 1, 0, 0},
        {64, 28, 28, 1, 16, 5, 5, 1, 1, 0, 0},  {50, 28, 28, 2, 16, 5, 5, 1, 1, 0, 0},
        {1, 12, 12, 16, 32, 5, 5, 1, 1, 0, 0},  {50, 12, 12, 16, 32, 5, 5, 1, 1, 0, 0},
        {64, 12, 12, 16, 32, 5, 5, 1, 1, 0, 0}, {50, 32, 32, 6, 32, 5, 5, 1, 1, 2, 2},
        {50, 16, 16, 32, 32, 5, 5, 1, 1, 2, 2}, {50, 8, 8, 32, 64, 5, 5, 1, 1, 2, 2},
    };
    std::vector<Extents> all;
    std::transform(std::begin(shapes), std::end(shapes), std::back_inserter(all), extents_of);
    return all;
}

// Batches around the tile, one sample, outputs around the vector sizes, several tasks along both axes.
inline std::vector<Extents> forward_linear_shapes() {
    constexpr int shapes[][3] = {{1, 1, 1},    {1, 7, 3},     {2, 16, 16},  {3, 17, 10},    {5, 31, 33},
                                 {7, 1, 64},   {10, 65, 1},   {12, 12, 17}, {13, 130, 48},  {50, 61, 10},
                                 {1, 512, 10}, {100, 5, 300}, {67, 20, 32}, {1, 129, 1009}, {4, 37, 96}};
    std::vector<Extents> all;
    for (const auto &[sample, input, output] : shapes) {
        all.push_back({{"sample", sample}, {"input", input}, {"output", output}});
    }
    return all;
}

// The last layer of the 16-32 network at batch 1 and 64, large layers at both kinds of batch.
inline std::vector<Extents> forward_linear_bench_shapes() {
    return {{{"sample", 1}, {"input", 512}, {"output", 10}},
            {{"sample", 64}, {"input", 512}, {"output", 10}},
            {{"sample", 1}, {"input", 1024}, {"output", 1024}},
            {{"sample", 1024}, {"input", 1024}, {"output", 1024}}};
}

}  // namespace fsd::testing
