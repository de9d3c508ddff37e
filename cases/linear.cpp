// Case of linear.
#include "cases/preactivation.h"

namespace fsd::testing {
namespace {

const CaseOf linear{{
    "linear",
    layer_inputs(),
    {},
    linear_layer_shapes(),
    linear_layer_bench_shapes(),
    [](Problem &problem) { linear_layer(problem, "preactivation", identity); },
    allowed_error,
    linear_layer_work,
}};

}  // namespace
}  // namespace fsd::testing
