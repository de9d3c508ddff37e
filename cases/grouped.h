// What the cases of the grouped convolutions share: shapes, the walk over the products, the work.
#pragma once

#include "cases/sum_of_products.h"
#include "cases/window.h"

namespace fsd::testing {

// A convolution whose channels are `input` and `output` per group.
struct GroupedShape {
    int groups;
    ConvolutionShape group;
};

inline std::vector<Extents> grouped_extents(const std::vector<GroupedShape> &shapes) {
    std::vector<Extents> all;
    for (const GroupedShape &shape : shapes) {
        Extents extents = extents_of(shape.group);
        extents["groups"] = shape.groups;
        extents["group_input"] = shape.group.input;
        extents["input"] *= shape.groups;
        extents["output"] *= shape.groups;
        all.push_back(extents);
    }
    return all;
}

// One group, depthwise convolutions around the vector sizes, several outputs of one input, several inputs of
// one output, groups of vectors and of less; strides, paddings, oblong windows.
inline std::vector<Extents> grouped_shapes() {
    return grouped_extents({{1, {1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0}},
                            {1, {2, 5, 6, 3, 5, 3, 2, 1, 1, 1, 0}},
                            {1, {3, 6, 7, 1, 16, 5, 5, 1, 1, 0, 0}},
                            {2, {1, 4, 9, 1, 1, 3, 3, 1, 1, 1, 1}},
                            {15, {2, 7, 8, 1, 1, 3, 3, 1, 1, 1, 1}},
                            {16, {1, 9, 17, 1, 1, 3, 3, 2, 2, 1, 1}},
                            {17, {3, 8, 7, 1, 1, 2, 5, 3, 1, 0, 2}},
                            {64, {2, 10, 9, 1, 1, 5, 5, 1, 2, 2, 2}},
                            {33, {11, 3, 3, 1, 1, 3, 3, 1, 1, 4, 3}},
                            {7, {2, 6, 5, 1, 3, 3, 3, 1, 1, 1, 1}},
                            {5, {1, 6, 11, 4, 1, 3, 3, 2, 3, 1, 1}},
                            {2, {1, 2, 2, 6, 1, 2, 2, 1, 1, 0, 0}},
                            {8, {2, 7, 7, 4, 4, 3, 3, 1, 1, 1, 1}},
                            {3, {2, 5, 6, 5, 16, 3, 3, 1, 1, 1, 1}},
                            {2, {3, 6, 6, 7, 33, 1, 1, 1, 1, 0, 0}},
                            {2, {3, 19, 15, 9, 10, 3, 4, 2, 2, 0, 1}}});
}

// Depthwise 3x3, with a stride and with a wide window; groups of four and two groups of many.
inline std::vector<Extents> grouped_bench_shapes() {
    return grouped_extents({{64, {16, 32, 32, 1, 1, 3, 3, 1, 1, 1, 1}},
                            {128, {16, 32, 32, 1, 1, 3, 3, 2, 2, 1, 1}},
                            {128, {16, 16, 16, 1, 1, 7, 7, 1, 1, 3, 3}},
                            {32, {16, 16, 16, 4, 4, 3, 3, 1, 1, 1, 1}},
                            {2, {16, 16, 16, 48, 64, 3, 3, 1, 1, 1, 1}}});
}

// Calls visit(sample, output_y, output_x, window_y, window_x, y, x, input, group_input, first output, number
// of outputs) for each input and the outputs that read it.
template<typename Visit>
void for_each_grouped_row(const Problem &problem, Visit visit) {
    const int inputs_of_group = problem.extent("group_input");
    const int outputs_of_group = problem.extent("output") / problem.extent("groups");
    for_each_observation(
        problem, [&](int sample, int output_y, int output_x, int window_y, int window_x, int y, int x) {
            for (int i = 0; i < problem.extent("input"); i++) {
                visit(sample, output_y, output_x, window_y, window_x, y, x, i, i % inputs_of_group,
                      i / inputs_of_group * outputs_of_group, outputs_of_group);
            }
        });
}

// Arguments read once and the result written once.
inline Work grouped_work(const Problem &problem) {
    const double sample = problem.extent("sample");
    const double inputs = sample * problem.extent("y") * problem.extent("x") * problem.extent("input");
    const double results =
        sample * problem.extent("output_y") * problem.extent("output_x") * problem.extent("output");
    const double weights = 1. * problem.extent("window_y") * problem.extent("window_x") *
                           problem.extent("group_input") * problem.extent("output");
    return {2 * multiplications(problem) / problem.extent("groups"),
            sizeof(float) * (inputs + results + weights)};
}

}  // namespace fsd::testing
