// Case of third_order_relu.
#include "cases/error_bound.h"
#include "cases/gaussian.h"

namespace fsd::testing {
namespace {

struct Unit {
    double mean, deviation;
    double scaled() const { return mean / deviation; }
};

// (k_ii T30_ij + 3 k_ij T21_ij) / 6.
double half(const Unit &i, const Unit &j, double covariance, double k_ii, double k_ij) {
    if (i.deviation == 0 || j.deviation == 0) {
        return 0;
    }
    const double rho = std::min(1., std::max(-1., covariance / (i.deviation * j.deviation)));
    const double q = std::sqrt(std::max(0., 1 - rho * rho));
    if (q < 1e-6) {
        return 0;
    }
    const double h = (j.scaled() - rho * i.scaled()) / q, density = normal_density(i.scaled()) / i.deviation;
    const double mean_at_zero = j.deviation * q * (h * normal_cdf(h) + normal_density(h));
    const double t21 = density * normal_cdf(h);
    const double t30 = -i.scaled() / i.deviation * density * mean_at_zero -
                       density * covariance / (i.deviation * i.deviation) * normal_cdf(h);
    return (k_ii * t30 + 3 * k_ij * t21) / 6;
}

void reference(Problem &problem) {
    const Values mean = problem["mean"], covariance = problem["covariance"],
                 third = problem["third_cumulant"];
    const int n = problem.extent("unit");
    Values &change = problem.output("mean_change", {n});
    Values &moment = problem.output("second_moment_change", {n, n});
    std::vector<Unit> units;
    for (int i = 0; i < n; i++) {
        const double variance = covariance(i, i);
        units.push_back({mean(i), variance > problem.scalars.at("least_variance") ? std::sqrt(variance) : 0});
    }
    for (int i = 0; i < n; i++) {
        const double s = units[i].deviation, a = s > 0 ? units[i].scaled() : 0, density = normal_density(a);
        change(i) = s > 0 ? -third(i, i) * a * density / (6 * s * s) : 0;
        for (int j = 0; j < n; j++) {
            const double s_ij = covariance(i, j);
            moment(i, j) = i != j ? half(units[i], units[j], s_ij, third(i, i), third(i, j)) +
                                        half(units[j], units[i], s_ij, third(j, j), third(j, i))
                           : s > 0 ? third(i, i) * density / (3 * s)
                                   : 0;
            // q loses digits of rho: relative to 1 / q.
            const double t = units[j].deviation;
            const double rho = s > 0 && t > 0 ? s_ij / (s * t) : 0;
            const double q = std::sqrt(std::max(1e-12, 1 - rho * rho));
            const double scale =
                s > 0 && t > 0 ? 1 / (s * std::min(s, t)) + t / (s * s * s) + s / (t * t * t) : 1;
            allow_error(problem, 256 * double_epsilon / (q * q) * 4 * scale);
        }
    }
}

Work work(const Problem &problem) {
    const double n = problem.extent("unit");
    return {2 * n * n * 60, 32 * n * n};
}

const CaseOf third_order_relu{{
    "third_order_relu",
    {{"mean", Domain::gradient}, {"covariance", Domain::gradient}, {"third_cumulant", Domain::gradient}},
    {{"least_variance", 1e-12}},
    square_shapes(),
    {{{"unit", 100}, {"other", 100}}},
    reference,
    allowed_error,
    work,
    [](Problem &problem) { make_covariance(problem); },
}};

}  // namespace
}  // namespace fsd::testing
