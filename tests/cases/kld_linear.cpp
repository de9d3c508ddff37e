// Case of kld_linear.
#include "tests/cases/evidence.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values evidence = linear_evidence(problem);
    problem.output("log_evidence", evidence.shape) = evidence;
}

double tolerance(const Problem &problem, const std::string &, double expected) {
    return evidence_error(problem.extent("input"), expected);
}

Work work(const Problem &problem) {
    return {2. * problem.extent("sample") * problem.extent("input") * problem.extent("output"),
            evidence_bytes(problem, {"sample", "output"})};
}

const CaseOf kld_linear{{
    "kld_linear",
    {{"probability", Domain::probability},
     {"log_likelihood", Domain::log_probability},
     {"log_prior", Domain::log_probability}},
    {{"observations", 0.75}},
    forward_linear_shapes(),
    forward_linear_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
