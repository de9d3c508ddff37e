// Case of log_marginal_pool.
#include "cases/pool.h"

#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    log_marginal_pool_reference(problem);
}

// In epsilons: the rounding of a difference to the peak d <= 0, |d|/2, changes e^d by |d| e^d / 2 < 0.2, and
// exp adds 1: 0.2 N + 1 in a mass of at least 1. N - 1 additions and a quotient of 1/2 each. The logarithm,
// between -log N and 0, adds at most log N; the last sum 1/2 of the result.
double tolerance(const Problem &problem, const std::string &, double expected) {
    const double sites = window_size(problem);
    return epsilon * (0.5 * std::fabs(expected) + std::log(sites) + 0.7 * sites + 1);
}

Work work(const Problem &problem) {
    const auto read = static_cast<double>(problem["log_probability"].data.size());
    const auto written = static_cast<double>(
        element_count(shape_of(signature_of("log_marginal_pool"), "log_marginal", problem.extents)));
    return {written * (exp_operations * window_size(problem) + log_operations), 4 * (read + written)};
}

const CaseOf log_marginal_pool{{
    "log_marginal_pool",
    {{"log_probability", Domain::log_probability}},
    {},
    pool_shapes(),
    pool_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
