// Case of locally_connected_backward_features.
#include "cases/locally_connected.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &d_preactivation = problem["d_preactivation"], &weight = problem["weight"];
    SumOfProducts d_features(
        problem, "d_features",
        {problem.extent("sample"), problem.extent("y"), problem.extent("x"), problem.extent("input")});
    for_each_local_row(problem, [&](int sample, int output_y, int output_x, int window_y, int window_x, int y,
                                    int x, int input) {
        for (int o = 0; o < problem.extent("output"); o++) {
            d_features.add(d_preactivation(sample, output_y, output_x, o),
                           weight(output_y, output_x, window_y, window_x, input, o), sample, y, x, input);
        }
    });
    d_features.scale(1);
}

const CaseOf locally_connected_backward_features{{
    "locally_connected_backward_features",
    {{"d_preactivation", Domain::gradient}, {"weight", Domain::gradient}},
    {},
    locally_connected_shapes(),
    locally_connected_bench_shapes(),
    reference,
    allowed_error,
    local_work,
}};

}  // namespace
}  // namespace fsd::testing
