// Case of kld_linear.
#include "cases/evidence.h"

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

// And sums enough for each tile of a GPU, of inputs in whole vectors and not; inputs in blocks of 1024, with
// a rest and without.
std::vector<Extents> shapes() {
    std::vector<Extents> all = forward_linear_shapes();
    constexpr int large[][3] = {{513, 8, 516},   {521, 9, 509},  {1450, 8, 1452},
                                {1451, 7, 1449}, {13, 4097, 33}, {1, 5120, 17}};
    for (const auto &[sample, input, output] : large) {
        all.push_back({{"sample", sample}, {"input", input}, {"output", output}});
    }
    return all;
}

const CaseOf kld_linear{{
    "kld_linear",
    {{"probability", Domain::probability},
     {"log_likelihood", Domain::log_probability},
     {"log_prior", Domain::log_probability}},
    {{"observations", 0.75}},
    shapes(),
    forward_linear_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
