// What the cases of the locally connected operators share: shapes, the walk over the products, the work.
#pragma once

#include "cases/sum_of_products.h"
#include "cases/window.h"

namespace fsd::testing {

// One site, outputs around the vector sizes, batches around the tiles, strides, paddings, oblong windows.
inline std::vector<Extents> locally_connected_shapes() {
    constexpr ConvolutionShape shapes[] = {
        {1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0},    {2, 3, 4, 1, 2, 3, 2, 1, 1, 0, 0},
        {3, 6, 7, 1, 16, 5, 5, 1, 1, 0, 0},   {8, 4, 5, 2, 17, 3, 3, 1, 1, 1, 1},
        {9, 5, 4, 3, 15, 3, 3, 1, 1, 1, 1},   {7, 5, 5, 8, 31, 3, 3, 1, 1, 1, 1},
        {1, 6, 6, 5, 32, 3, 3, 1, 1, 0, 0},   {2, 8, 9, 5, 7, 3, 2, 2, 3, 1, 0},
        {11, 7, 7, 4, 33, 3, 3, 2, 2, 1, 1},  {1, 10, 6, 13, 10, 2, 3, 3, 2, 0, 2},
        {17, 1, 3, 17, 64, 1, 3, 1, 1, 0, 0}, {2, 2, 3, 3, 20, 3, 3, 1, 1, 4, 3},
        {50, 3, 3, 6, 9, 2, 2, 1, 1, 0, 0},
    };
    std::vector<Extents> all;
    std::transform(std::begin(shapes), std::end(shapes), std::back_inserter(all), extents_of);
    return all;
}

inline std::vector<Extents> locally_connected_bench_shapes() {
    constexpr ConvolutionShape shapes[] = {
        {50, 16, 16, 32, 32, 3, 3, 1, 1, 1, 1},
        {1, 16, 16, 32, 32, 3, 3, 1, 1, 1, 1},
        {50, 28, 28, 1, 16, 5, 5, 1, 1, 0, 0},
    };
    std::vector<Extents> all;
    std::transform(std::begin(shapes), std::end(shapes), std::back_inserter(all), extents_of);
    return all;
}

// The shape of the weights.
inline Shape local_shape(const Problem &problem) {
    return {problem.extent("output_y"), problem.extent("output_x"), problem.extent("window_y"),
            problem.extent("window_x"), problem.extent("input"),    problem.extent("output")};
}

// Calls visit(sample, output_y, output_x, window_y, window_x, y, x, input) for each input that a site reads.
template<typename Visit>
void for_each_local_row(const Problem &problem, Visit visit) {
    for_each_observation(
        problem, [&](int sample, int output_y, int output_x, int window_y, int window_x, int y, int x) {
            for (int i = 0; i < problem.extent("input"); i++) {
                visit(sample, output_y, output_x, window_y, window_x, y, x, i);
            }
        });
}

// Arguments read once and the result written once.
inline Work local_work(const Problem &problem) {
    const double sample = problem.extent("sample"),
                 sites = problem.extent("output_y") * problem.extent("output_x");
    const double inputs = sample * problem.extent("y") * problem.extent("x") * problem.extent("input");
    const double weights = multiplications(problem) / sample;
    return {2 * multiplications(problem),
            sizeof(float) * (inputs + sample * sites * problem.extent("output") + weights)};
}

}  // namespace fsd::testing
