// Case of locally_connected_backward_weight.
#include "cases/locally_connected.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &features = problem["features"];
    Values &d_preactivation = problem.tensors.at("d_preactivation");
    SumOfProducts d_weight(problem, "d_weight", local_shape(problem));
    for_each_local_row(problem, [&](int sample, int output_y, int output_x, int window_y, int window_x, int y,
                                    int x, int input) {
        d_weight.add_row(features(sample, y, x, input), &d_preactivation(sample, output_y, output_x, 0),
                         problem.extent("output"), output_y, output_x, window_y, window_x, input, 0);
    });
    d_weight.scale(1);
}

const CaseOf locally_connected_backward_weight{{
    "locally_connected_backward_weight",
    {{"features", Domain::gradient}, {"d_preactivation", Domain::gradient}},
    {},
    locally_connected_shapes(),
    locally_connected_bench_shapes(),
    reference,
    allowed_error,
    local_work,
}};

}  // namespace
}  // namespace fsd::testing
