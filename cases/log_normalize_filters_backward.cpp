// Case of log_normalize_filters_backward.
#include "cases/error_bound.h"
#include "cases/filters.h"

#include <cmath>

namespace fsd::testing {
namespace {

// The sum R has an error of half an epsilon of its magnitudes per addition, q one ULP, their product and the
// difference half an epsilon each.
void reference(Problem &problem) {
    const Values &log_likelihood = problem["log_likelihood"];
    const Values &gradient = problem["d_log_likelihood"];
    Values &d_theta = problem.output("d_theta", gradient.shape);
    const int states = problem.extent("input_state");
    for_each_filter(problem, [&](int position, int output) {
        double total = 0, magnitude = 0;
        for (int s = 0; s < states; s++) {
            total += gradient(position, s, output);
            magnitude += std::fabs(gradient(position, s, output));
        }
        for (int s = 0; s < states; s++) {
            const double q = std::exp(log_likelihood(position, s, output));
            const double d = gradient(position, s, output) - q * total;
            d_theta(position, s, output) = d;
            allow_error(problem, epsilon * (q * (1.5 * std::fabs(total) + 0.5 * states * magnitude) +
                                            0.5 * std::fabs(d)));
        }
    });
}

const CaseOf log_normalize_filters_backward{{
    "log_normalize_filters_backward",
    {{"log_likelihood", Domain::log_probability}, {"d_log_likelihood", Domain::gradient}},
    {},
    filter_shapes(),
    filter_bench_shapes(),
    reference,
    allowed_error,
    per_element("d_log_likelihood", 3, 12),
}};

}  // namespace
}  // namespace fsd::testing
