// Case of cross_entropy.
#include "cases/case.h"

#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &log_posterior = problem["log_posterior"];
    Values &loss = problem.output("loss", {problem.extent("sample")});
    Values &d_logits = problem.output("d_logits", log_posterior.shape);
    for (int sample = 0; sample < problem.extent("sample"); sample++) {
        const auto label = static_cast<int>(problem["label"](sample));
        loss(sample) = -log_posterior(sample, label);
        for (int c = 0; c < problem.extent("class"); c++) {
            d_logits(sample, c) = std::exp(log_posterior(sample, c)) - (c == label ? 1 : 0);
        }
    }
}

// The loss is a change of sign, exact. The gradient has one ULP of a posterior of at most 1, and the rounding
// of the difference.
double tolerance(const Problem &, const std::string &output, double expected) {
    return output == "loss" ? 0 : epsilon * (1 + 0.5 * std::fabs(expected));
}

const CaseOf cross_entropy{{
    "cross_entropy",
    {{"log_posterior", Domain::log_probability}, {"label", Domain::labels}},
    {},
    {{{"sample", 1}, {"class", 1}},
     {{"sample", 3}, {"class", 2}},
     {{"sample", 50}, {"class", 10}},
     {{"sample", 17}, {"class", 16}},
     {{"sample", 5}, {"class", 17}},
     {{"sample", 2}, {"class", 1000}}},
    {{{"sample", 50}, {"class", 10}}},
    reference,
    tolerance,
    per_element("log_posterior", 1, 8),
}};

}  // namespace
}  // namespace fsd::testing
