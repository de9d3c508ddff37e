// Shapes of the cases of the linear operators' gradients; the large ones are for the tiles of GPUs.
#pragma once

#include "cases/case.h"

namespace fsd::testing {

inline std::vector<Extents> linear_shapes() {
    constexpr int shapes[][3] = {
        {1, 1, 1},       {1, 7, 3},       {2, 16, 16},     {3, 17, 10},     {5, 31, 33},  {7, 1, 64},
        {10, 65, 1},     {13, 12, 17},    {50, 61, 10},    {4, 130, 48},    {67, 20, 32}, {516, 513, 9},
        {1449, 1450, 7}, {1450, 1448, 8}, {9, 1449, 1450}, {8, 1450, 1448}, {16, 32, 8}};
    std::vector<Extents> all;
    for (const auto &[sample, input, output] : shapes) {
        all.push_back({{"sample", sample}, {"input", input}, {"output", output}});
    }
    return all;
}

// The last layers of the 16-32 network and of the CIFAR-10 network, and a large one.
inline std::vector<Extents> linear_bench_shapes() {
    return {{{"sample", 50}, {"input", 512}, {"output", 10}},
            {{"sample", 50}, {"input", 1024}, {"output", 10}},
            {{"sample", 512}, {"input", 512}, {"output", 512}}};
}

// The layers behind the first one of the network 784-100-100-100-10, and a large one.
inline std::vector<Extents> hidden_linear_bench_shapes() {
    return {{{"sample", 50}, {"input", 100}, {"output", 100}},
            {{"sample", 50}, {"input", 100}, {"output", 10}},
            {{"sample", 512}, {"input", 512}, {"output", 512}}};
}

inline double multiplications_of_linear(const Problem &problem) {
    return static_cast<double>(problem.extent("sample")) * problem.extent("input") * problem.extent("output");
}

}  // namespace fsd::testing
