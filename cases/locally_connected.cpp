// Case of locally_connected.
#include "cases/locally_connected.h"
#include "cases/preactivation.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &features = problem["features"];
    Values &weight = problem.tensors.at("weight");
    SumOfProducts preactivation(problem, "preactivation",
                                {problem.extent("sample"), problem.extent("output_y"),
                                 problem.extent("output_x"), problem.extent("output")});
    for_each_local_row(problem, [&](int sample, int output_y, int output_x, int window_y, int window_x, int y,
                                    int x, int input) {
        preactivation.add_row(features(sample, y, x, input),
                              &weight(output_y, output_x, window_y, window_x, input, 0),
                              problem.extent("output"), sample, output_y, output_x, 0);
    });
    finish(problem, preactivation, "preactivation", identity);
}

const CaseOf locally_connected{{
    "locally_connected",
    layer_inputs(),
    {},
    locally_connected_shapes(),
    locally_connected_bench_shapes(),
    reference,
    allowed_error,
    local_work,
}};

}  // namespace
}  // namespace fsd::testing
