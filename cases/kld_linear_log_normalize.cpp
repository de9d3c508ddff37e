// Case of kld_linear_log_normalize.
#include "cases/posterior.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Shape shape = {problem.extent("sample"), problem.extent("group"), problem.extent("state")};
    const Values log_posterior =
        log_posterior_of(problem, linear_evidence(problem), problem.extent("input"), shape);
    problem.output("log_posterior", shape) = log_posterior;
}

double tolerance(const Problem &problem, const std::string &, double expected) {
    return log_posterior_error(problem, expected);
}

Work work(const Problem &problem) {
    return {2. * problem.extent("sample") * problem.extent("input") * problem.extent("group") *
                problem.extent("state"),
            evidence_bytes(problem, {"sample", "group", "state"})};
}

const CaseOf kld_linear_log_normalize{{
    "kld_linear_log_normalize",
    {{"probability", Domain::probability},
     {"log_likelihood", Domain::log_probability},
     {"log_prior", Domain::log_probability}},
    {{"observations", 0.75}},
    in_groups(forward_linear_shapes()),
    in_one_group(forward_linear_bench_shapes()),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
