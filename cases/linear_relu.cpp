// Case of linear_relu.
#include "cases/preactivation.h"

namespace fsd::testing {
namespace {

const CaseOf linear_relu{{
    "linear_relu",
    layer_inputs(),
    {},
    linear_layer_shapes(),
    linear_layer_bench_shapes(),
    [](Problem &problem) { linear_layer(problem, "activation", relu_of); },
    allowed_error,
    linear_layer_work,
}};

}  // namespace
}  // namespace fsd::testing
