// Case of squared_error.
#include "cases/sum_of_products.h"

namespace fsd::testing {
namespace {

// Both factors of a square have half an epsilon of the difference, which is an epsilon of the loss beside
// that of the sum.
void reference(Problem &problem) {
    const Values &prediction = problem["prediction"], &expected = problem["expected"];
    Values &d_prediction = problem.output("d_prediction", prediction.shape);
    SumOfProducts loss(problem, "loss", {problem.extent("sample")});
    for (int sample = 0; sample < problem.extent("sample"); sample++) {
        for (int n = 0; n < problem.extent("number"); n++) {
            const double difference = prediction(sample, n) - expected(sample, n);
            d_prediction(sample, n) = 2 * difference;
            loss.add(difference, difference, sample);
        }
    }
    loss.scale(1);
    const std::vector<double> &losses = problem["loss"].data;
    allow_error(problem, problem.scalars.at("error bound") +
                             epsilon * *std::max_element(losses.begin(), losses.end()));
}

// The gradient is one rounded difference.
double tolerance(const Problem &problem, const std::string &output, double expected) {
    return output == "loss" ? allowed_error(problem, output, expected) : 0.5 * epsilon * std::fabs(expected);
}

const CaseOf squared_error{{
    "squared_error",
    {{"prediction", Domain::logits}, {"expected", Domain::gradient}},
    {},
    {{{"sample", 1}, {"number", 1}},
     {{"sample", 3}, {"number", 2}},
     {{"sample", 50}, {"number", 10}},
     {{"sample", 17}, {"number", 16}},
     {{"sample", 5}, {"number", 17}},
     {{"sample", 2}, {"number", 1009}}},
    {{{"sample", 50}, {"number", 10}}, {{"sample", 50}, {"number", 784}}},
    reference,
    tolerance,
    per_element("prediction", 4, 12),
}};

}  // namespace
}  // namespace fsd::testing
