// What the cases of the convolutional operators share: shapes, the walk over the windows, the error of a sum.
#pragma once

#include "cases/case.h"

#include <algorithm>

namespace fsd::testing {

struct ConvolutionShape {
    int sample, y, x, input, output, window_y, window_x, stride_y, stride_x, padding_y, padding_x;
};

inline Extents extents_of(const ConvolutionShape &s) {
    return {{"sample", s.sample},
            {"y", s.y},
            {"x", s.x},
            {"input", s.input},
            {"output", s.output},
            {"window_y", s.window_y},
            {"window_x", s.window_x},
            {"stride_y", s.stride_y},
            {"stride_x", s.stride_x},
            {"padding_y", s.padding_y},
            {"padding_x", s.padding_x}};
}

// One site, one channel, oblong windows and maps, windows as large as the map, strides with and without
// rests, paddings up to the window and beyond it, channels around the vector sizes.
inline std::vector<Extents> convolution_shapes() {
    constexpr ConvolutionShape shapes[] = {
        {1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0},     {2, 3, 4, 1, 2, 3, 2, 1, 1, 0, 0},
        {3, 6, 7, 1, 16, 5, 5, 1, 1, 0, 0},    {2, 7, 9, 2, 17, 5, 5, 1, 1, 0, 0},
        {1, 9, 8, 3, 15, 3, 3, 1, 1, 1, 1},    {2, 6, 6, 6, 32, 5, 5, 1, 1, 2, 2},
        {1, 12, 12, 16, 32, 5, 5, 1, 1, 0, 0}, {7, 5, 5, 8, 31, 3, 3, 1, 1, 1, 1},
        {1, 8, 9, 5, 7, 3, 2, 2, 3, 1, 0},     {2, 7, 7, 4, 33, 3, 3, 2, 2, 1, 1},
        {1, 10, 6, 13, 10, 2, 3, 3, 2, 0, 2},  {1, 3, 3, 17, 64, 3, 3, 1, 1, 0, 0},
        {2, 2, 3, 3, 16, 3, 3, 1, 1, 4, 3},    {11, 1, 5, 2, 5, 1, 4, 1, 2, 0, 1},
        {1, 4, 17, 9, 20, 1, 1, 1, 1, 0, 0},   {1, 5, 20, 20, 48, 3, 7, 1, 1, 1, 3},
        {12, 13, 15, 3, 16, 3, 3, 1, 1, 1, 1},
    };
    std::vector<Extents> all;
    std::transform(std::begin(shapes), std::end(shapes), std::back_inserter(all), extents_of);
    return all;
}

// The convolutions of the networks that the project trains, at the batch of their training: the 16-32 network
// on MNIST, then the three layers of the CIFAR-10 network, then a step with stride.
inline std::vector<Extents> convolution_bench_shapes() {
    constexpr ConvolutionShape shapes[] = {
        {50, 28, 28, 1, 16, 5, 5, 1, 1, 0, 0}, {50, 12, 12, 16, 32, 5, 5, 1, 1, 0, 0},
        {50, 32, 32, 6, 32, 5, 5, 1, 1, 2, 2}, {50, 16, 16, 32, 32, 5, 5, 1, 1, 2, 2},
        {50, 8, 8, 32, 64, 5, 5, 1, 1, 2, 2},  {50, 32, 32, 16, 32, 3, 3, 2, 2, 1, 1},
    };
    std::vector<Extents> all;
    std::transform(std::begin(shapes), std::end(shapes), std::back_inserter(all), extents_of);
    return all;
}

// Calls visit(sample, output_y, output_x, window_y, window_x, y, x) for each site of the map under each
// window.
template<typename Visit>
void for_each_observation(const Problem &problem, Visit visit) {
    const auto extent = [&](const char *axis) { return problem.extent(axis); };
    for (int sample = 0; sample < extent("sample"); sample++) {
        for (int output_y = 0; output_y < extent("output_y"); output_y++) {
            for (int output_x = 0; output_x < extent("output_x"); output_x++) {
                for (int window_y = 0; window_y < extent("window_y"); window_y++) {
                    for (int window_x = 0; window_x < extent("window_x"); window_x++) {
                        const int y = output_y * extent("stride_y") + window_y - extent("padding_y");
                        const int x = output_x * extent("stride_x") + window_x - extent("padding_x");
                        if (y >= 0 && y < extent("y") && x >= 0 && x < extent("x")) {
                            visit(sample, output_y, output_x, window_y, window_x, y, x);
                        }
                    }
                }
            }
        }
    }
}

inline double multiplications(const Problem &problem) {
    double all = 1;
    for (const char *axis : {"sample", "output_y", "output_x", "window_y", "window_x", "input", "output"}) {
        all *= problem.extent(axis);
    }
    return all;
}

}  // namespace fsd::testing
