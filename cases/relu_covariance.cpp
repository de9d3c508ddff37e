// Case of relu_covariance.
#include "cases/gaussian.h"

namespace fsd::testing {
namespace {

void prepare(Problem &problem) {
    make_covariance(problem);
    make_nodes(problem);
}

// The variance by subtraction in long double, where the kernel avoids it.
double variance(double mean, double deviation) {
    const long double a = mean / deviation, s = deviation;
    const long double positive = 0.5L * std::erfc(-a / std::sqrt(2.L));
    const long double density = std::exp(-0.5L * a * a) / std::sqrt(2 * 3.14159265358979323846264L);
    const long double first = a * positive + density;
    return static_cast<double>(s * s * ((a * a + 1) * positive + a * density - first * first));
}

void reference(Problem &problem) {
    const Values mean = problem["mean"], covariance = problem["covariance"];
    const int n = problem.extent("unit");
    const double least = problem.scalars.at("least_variance");
    Values &result_mean = problem.output("result_mean", {n});
    Values &result = problem.output("result_covariance", {n, n});
    const auto deviation = [&](int i) { return covariance(i, i) > least ? std::sqrt(covariance(i, i)) : 0; };
    for (int i = 0; i < n; i++) {
        const double s = deviation(i), a = s > 0 ? mean(i) / s : 0;
        result_mean(i) = s > 0 ? mean(i) * normal_cdf(a) + s * normal_density(a) : std::max(mean(i), 0.);
        for (int j = 0; j < n; j++) {
            const double t = deviation(j), scale = s * t;
            if (scale == 0) {
                continue;
            }
            const double b = mean(j) / t, rho = covariance(i, j) / scale;
            const double integral =
                correlation_integral(problem, a, b, rho, [&](double sine) { return rho - sine; });
            result(i, j) = i == j ? variance(mean(i), s)
                                  : scale * (rho * normal_cdf(a) * normal_cdf(b) + integral / (2 * M_PI));
        }
    }
}

// Relative to the deviations, of which a few epsilons are lost in each of the functions; where a correlation
// is close to 1 its arcsine loses half of the digits, of a term that is as small.
double tolerance(const Problem &problem, const std::string &, double) {
    double largest = 0;
    for (const double value : problem["covariance"].data) {
        largest = std::max(largest, std::fabs(value));
    }
    for (const double value : problem["mean"].data) {
        largest = std::max(largest, std::fabs(value));
    }
    return 64 * double_epsilon * largest;
}

Work work(const Problem &problem) {
    const double n = problem.extent("unit"), nodes = problem.extent("node");
    return {n * (n + 1) / 2 * nodes * 75, 16 * n * n};
}

const CaseOf relu_covariance{{
    "relu_covariance",
    {{"mean", Domain::logits},
     {"covariance", Domain::gradient},
     {"node", Domain::gradient},
     {"node_weight", Domain::gradient}},
    {{"least_variance", 1e-12}},
    square_shapes({{"node", 16}}),
    {{{"unit", 100}, {"other", 100}, {"node", 16}}, {{"unit", 1000}, {"other", 1000}, {"node", 16}}},
    reference,
    tolerance,
    work,
    prepare,
}};

}  // namespace
}  // namespace fsd::testing
