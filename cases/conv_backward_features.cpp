// Case of conv_backward_features.
#include "cases/adjoint.h"

namespace fsd::testing {
namespace {

const Adjoint names{"d_preactivation", "weight", "d_features"};

const CaseOf conv_backward_features{{
    "conv_backward_features",
    {{names.d_result, Domain::gradient}, {names.filter, Domain::gradient}},
    {},
    convolution_adjoint_shapes(),
    convolution_bench_shapes(),
    [](Problem &problem) { convolution_adjoint(problem, names, 1); },
    allowed_error,
    [](const Problem &problem) { return convolution_adjoint_work(problem, names); },
}};

}  // namespace
}  // namespace fsd::testing
