// Case of grouped_conv_backward_features.
#include "cases/grouped.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &d_preactivation = problem["d_preactivation"], &weight = problem["weight"];
    SumOfProducts d_features(
        problem, "d_features",
        {problem.extent("sample"), problem.extent("y"), problem.extent("x"), problem.extent("input")});
    for_each_grouped_row(problem, [&](int sample, int output_y, int output_x, int window_y, int window_x,
                                      int y, int x, int input, int group_input, int first, int count) {
        for (int o = first; o < first + count; o++) {
            d_features.add(d_preactivation(sample, output_y, output_x, o),
                           weight(window_y, window_x, group_input, o), sample, y, x, input);
        }
    });
    d_features.scale(1);
}

const CaseOf grouped_conv_backward_features{{
    "grouped_conv_backward_features",
    {{"d_preactivation", Domain::gradient}, {"weight", Domain::gradient}},
    {},
    grouped_shapes(),
    grouped_bench_shapes(),
    reference,
    allowed_error,
    grouped_work,
}};

}  // namespace
}  // namespace fsd::testing
