// Case of locally_connected_backward_weight.
#include "cases/locally_connected.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &features = problem["features"], &d_preactivation = problem["d_preactivation"];
    SumOfProducts d_weight(problem, "d_weight", local_shape(problem));
    for_each_local_product(problem, [&](int sample, int output_y, int output_x, int window_y, int window_x,
                                        int y, int x, int input, int output) {
        d_weight.add(d_preactivation(sample, output_y, output_x, output), features(sample, y, x, input),
                     output_y, output_x, window_y, window_x, input, output);
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
