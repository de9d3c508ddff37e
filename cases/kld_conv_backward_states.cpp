// Case of kld_conv_backward_states.
#include "cases/adjoint.h"

namespace fsd::testing {
namespace {

const Adjoint names{"d_log_evidence", "log_likelihood", "d_probability"};

const CaseOf kld_conv_backward_states{{
    "kld_conv_backward_states",
    {{names.d_result, Domain::gradient}, {names.filter, Domain::log_probability}},
    {{"observations", 0.75}},
    convolution_adjoint_shapes(),
    convolution_bench_shapes(),
    [](Problem &problem) { convolution_adjoint(problem, names, problem.scalars.at("observations")); },
    allowed_error,
    [](const Problem &problem) { return convolution_adjoint_work(problem, names); },
}};

}  // namespace
}  // namespace fsd::testing
