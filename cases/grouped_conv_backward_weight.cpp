// Case of grouped_conv_backward_weight.
#include "cases/grouped.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &features = problem["features"];
    Values &d_preactivation = problem.tensors.at("d_preactivation");
    SumOfProducts d_weight(problem, "d_weight",
                           {problem.extent("window_y"), problem.extent("window_x"),
                            problem.extent("group_input"), problem.extent("output")});
    for_each_grouped_row(problem, [&](int sample, int output_y, int output_x, int window_y, int window_x,
                                      int y, int x, int input, int group_input, int first, int count) {
        d_weight.add_row(features(sample, y, x, input), &d_preactivation(sample, output_y, output_x, first),
                         count, window_y, window_x, group_input, first);
    });
    d_weight.scale(1);
}

const CaseOf grouped_conv_backward_weight{{
    "grouped_conv_backward_weight",
    {{"features", Domain::gradient}, {"d_preactivation", Domain::gradient}},
    {},
    grouped_shapes(),
    grouped_bench_shapes(),
    reference,
    allowed_error,
    grouped_work,
}};

}  // namespace
}  // namespace fsd::testing
