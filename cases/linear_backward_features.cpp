// Case of linear_backward_features.
#include "cases/adjoint.h"

namespace fsd::testing {
namespace {

const Adjoint names{"d_preactivation", "weight", "d_features"};

const CaseOf linear_backward_features{{
    "linear_backward_features",
    {{names.d_result, Domain::gradient}, {names.filter, Domain::gradient}},
    {},
    linear_shapes(),
    hidden_linear_bench_shapes(),
    [](Problem &problem) { linear_adjoint(problem, names, 1); },
    allowed_error,
    [](const Problem &problem) { return linear_adjoint_work(problem, names); },
}};

}  // namespace
}  // namespace fsd::testing
