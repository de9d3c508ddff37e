// Case of quadratic_covariance.
#include "cases/error_bound.h"
#include "cases/gaussian.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values mean = problem["mean"], covariance = problem["covariance"],
                 third = problem["third_cumulant"], fourth = problem["fourth_cumulant"];
    const int n = problem.extent("unit");
    const double alpha = problem.scalars.at("curvature");
    Values &result_mean = problem.output("result_mean", {n});
    Values &result = problem.output("result_covariance", {n, n});
    for (int i = 0; i < n; i++) {
        result_mean(i) = mean(i) + alpha * (mean(i) * mean(i) + covariance(i, i));
        for (int j = 0; j < n; j++) {
            const double g = 1 + 2 * alpha * mean(i), h = 1 + 2 * alpha * mean(j), s = covariance(i, j);
            const double terms[] = {g * h * s, 2 * alpha * alpha * s * s, alpha * g * third(j, i),
                                    alpha * h * third(i, j), alpha * alpha * fourth(i, j)};
            for (const double term : terms) {
                result(i, j) += term;
                allow_error(problem, 8 * double_epsilon * (std::fabs(term) + std::fabs(result_mean(i))));
            }
        }
    }
}

Work work(const Problem &problem) {
    const double n = problem.extent("unit");
    return {20 * n * n, 32 * n * n};
}

const CaseOf quadratic_covariance{{
    "quadratic_covariance",
    {{"mean", Domain::logits},
     {"covariance", Domain::gradient},
     {"third_cumulant", Domain::gradient},
     {"fourth_cumulant", Domain::gradient}},
    {{"curvature", 0.375}},
    square_shapes(),
    {{{"unit", 100}, {"other", 100}}},
    reference,
    allowed_error,
    work,
    [](Problem &problem) {
        make_covariance(problem);
        make_covariance(problem, "fourth_cumulant");
    },
}};

}  // namespace
}  // namespace fsd::testing
