// Case of kld_linear_backward_states.
#include "cases/adjoint.h"

namespace fsd::testing {
namespace {

const Adjoint names{"d_log_evidence", "log_likelihood", "d_probability"};

const CaseOf kld_linear_backward_states{{
    "kld_linear_backward_states",
    {{names.d_result, Domain::gradient}, {names.filter, Domain::log_probability}},
    {{"observations", 0.75}},
    linear_shapes(),
    linear_bench_shapes(),
    [](Problem &problem) { linear_adjoint(problem, names, problem.scalars.at("observations")); },
    allowed_error,
    [](const Problem &problem) { return linear_adjoint_work(problem, names); },
}};

}  // namespace
}  // namespace fsd::testing
