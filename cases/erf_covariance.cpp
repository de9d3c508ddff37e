// Case of erf_covariance.
#include "cases/gaussian.h"

namespace fsd::testing {
namespace {

void prepare(Problem &problem) {
    make_covariance(problem);
    make_nodes(problem);
}

void reference(Problem &problem) {
    const Values mean = problem["mean"], covariance = problem["covariance"];
    const int n = problem.extent("unit");
    Values &result_mean = problem.output("result_mean", {n});
    Values &result = problem.output("result_covariance", {n, n});
    const auto scale = [&](int i) { return std::sqrt(1 + 2 * covariance(i, i)); };
    for (int i = 0; i < n; i++) {
        result_mean(i) = std::erf(mean(i) / scale(i));
        for (int j = 0; j < n; j++) {
            const double a = std::sqrt(2.) * mean(i) / scale(i), b = std::sqrt(2.) * mean(j) / scale(j);
            const double rho = 2 * covariance(i, j) / (scale(i) * scale(j));
            result(i, j) = 2 / M_PI * correlation_integral(problem, a, b, rho, [](double) { return 1; });
        }
    }
}

// Of numbers up to 1; an exponent up to 40 multiplies the error of its quotient.
double tolerance(const Problem &, const std::string &, double) {
    return 256 * double_epsilon;
}

Work work(const Problem &problem) {
    const double n = problem.extent("unit"), nodes = problem.extent("node");
    return {n * (n + 1) / 2 * nodes * 74, 16 * n * n};
}

const CaseOf erf_covariance{{
    "erf_covariance",
    {{"mean", Domain::logits},
     {"covariance", Domain::gradient},
     {"node", Domain::gradient},
     {"node_weight", Domain::gradient}},
    {},
    square_shapes({{"node", 16}}),
    {{{"unit", 100}, {"other", 100}, {"node", 16}}},
    reference,
    tolerance,
    work,
    prepare,
}};

}  // namespace
}  // namespace fsd::testing
