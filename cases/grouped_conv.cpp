// Case of grouped_conv.
#include "cases/grouped.h"
#include "cases/preactivation.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &features = problem["features"];
    Values &weight = problem.tensors.at("weight");
    SumOfProducts preactivation(problem, "preactivation",
                                {problem.extent("sample"), problem.extent("output_y"),
                                 problem.extent("output_x"), problem.extent("output")});
    for_each_grouped_row(problem, [&](int sample, int output_y, int output_x, int window_y, int window_x,
                                      int y, int x, int input, int group_input, int first, int count) {
        preactivation.add_row(features(sample, y, x, input), &weight(window_y, window_x, group_input, first),
                              count, sample, output_y, output_x, first);
    });
    finish(problem, preactivation, "preactivation", identity);
}

const CaseOf grouped_conv{{
    "grouped_conv",
    layer_inputs(),
    {},
    grouped_shapes(),
    grouped_bench_shapes(),
    reference,
    allowed_error,
    grouped_work,
}};

}  // namespace
}  // namespace fsd::testing
