// Case of affine_covariance.
#include "cases/gaussian.h"
#include "cases/sum_of_products.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values mean = problem["input_mean"], covariance = problem["input_covariance"],
                 slope = problem["slope_matrix"], offset = problem["offset_vector"];
    const int inputs = problem.extent("input"), units = problem.extent("unit");
    SumOfProducts sum(problem, "result_mean", {units}, double_epsilon);
    SumOfProducts product(problem, "result_covariance", {units, units}, 2 * double_epsilon);
    Values half({inputs, units});
    for (int k = 0; k < inputs; k++) {
        for (int l = 0; l < inputs; l++) {
            for (int unit = 0; unit < units; unit++) {
                half(k, unit) += covariance(k, l) * slope(l, unit);
            }
        }
    }
    for (int unit = 0; unit < units; unit++) {
        sum.add(1, offset(unit), unit);
        for (int k = 0; k < inputs; k++) {
            sum.add(mean(k), slope(k, unit), unit);
            product.add_row(slope(k, unit), &half.data[static_cast<std::size_t>(k) * units], units, unit, 0);
        }
    }
    sum.scale(1);
    product.scale(1);
    // Of the first product.
    double largest = 0;
    for (const double value : covariance.data) {
        largest = std::max(largest, std::fabs(value));
    }
    allow_error(problem, double_epsilon * largest * 30. * inputs * inputs);
}

Work work(const Problem &problem) {
    const double n = problem.extent("input"), units = problem.extent("unit");
    return {2 * n * units * (n + units), 8 * n * (n + units)};
}

const CaseOf affine_covariance{{
    "affine_covariance",
    {{"input_mean", Domain::logits},
     {"input_covariance", Domain::gradient},
     {"slope_matrix", Domain::gradient},
     {"offset_vector", Domain::logits}},
    {},
    {{{"input", 1}, {"other_input", 1}, {"unit", 1}, {"other", 1}},
     {{"input", 5}, {"other_input", 5}, {"unit", 3}, {"other", 3}},
     {{"input", 24}, {"other_input", 24}, {"unit", 24}, {"other", 24}},
     {{"input", 130}, {"other_input", 130}, {"unit", 7}, {"other", 7}},
     {{"input", 17}, {"other_input", 17}, {"unit", 50}, {"other", 50}}},
    {{{"input", 784}, {"other_input", 784}, {"unit", 100}, {"other", 100}}},
    reference,
    allowed_error,
    work,
    [](Problem &problem) { make_covariance(problem, "input_covariance"); },
}};

}  // namespace
}  // namespace fsd::testing
