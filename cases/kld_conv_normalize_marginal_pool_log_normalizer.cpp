// Case of kld_conv_normalize_marginal_pool_log_normalizer.
#include "cases/pooled_posterior.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values evidence = convolution_evidence(problem);
    const int groups = problem.extent("group"), states = problem.extent("state");
    const Shape shape = {problem.extent("sample"), problem.extent("output_y"), problem.extent("output_x"),
                         groups, states};
    const Values log_posterior = log_posterior_of(problem, evidence, convolution_terms(problem), shape);
    pool_posteriors(problem, exponentials(log_posterior));
    Values &log_normalizer = problem.output("log_normalizer", {shape[0], shape[1], shape[2], groups});
    for (std::size_t row = 0; row < log_normalizer.data.size(); row++) {
        log_normalizer.data[row] = evidence.data[row * states] - log_posterior.data[row * states];
    }
}

// Errors of the evidence move its log-sum by their size at most. The rest as of log_normalizer: the mass has
// a relative error of at most S / 16 + 6 roundings and log S of the differences to the peak, its logarithm,
// at most log S, 1 ULP; the sum with the peak, at most log S away from the result, half an epsilon of that.
double tolerance(const Problem &problem, const std::string &output, double expected) {
    if (output == "marginal") {
        return marginal_error(problem, expected);
    }
    const double states = problem.extent("state");
    return problem.scalars.at("evidence error") +
           epsilon * (0.5 * std::fabs(expected) + 3 * std::log(states) + states / 16 + 6);
}

Work work(const Problem &problem) {
    return {convolution_operations(problem),
            evidence_bytes(problem, {"sample", "pool_y", "pool_x", "group", "state"}) +
                4.0 * problem.extent("sample") * problem.extent("output_y") * problem.extent("output_x") *
                    problem.extent("group")};
}

const CaseOf kld_conv_normalize_marginal_pool_log_normalizer{
    pooled_convolution_case("kld_conv_normalize_marginal_pool_log_normalizer", reference, tolerance, work)};

}  // namespace
}  // namespace fsd::testing
