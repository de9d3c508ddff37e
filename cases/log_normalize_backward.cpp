// Case of log_normalize_backward.
#include "cases/error_bound.h"
#include "cases/rows.h"

#include <cmath>

namespace fsd::testing {
namespace {

// The sum has an error of half an epsilon of its magnitudes per addition, h one ULP, their product and the
// difference half an epsilon each.
void reference(Problem &problem) {
    const Values &log_posterior = problem["log_posterior"];
    const Values &gradient = problem["d_log_posterior"];
    Values &d_logits = problem.output("d_logits", log_posterior.shape);
    const int states = problem.extent("state");
    for_each_row(log_posterior, states, [&](std::size_t first) {
        double total = 0, magnitude = 0;
        for (std::size_t i = first; i < first + states; i++) {
            total += gradient.data[i];
            magnitude += std::fabs(gradient.data[i]);
        }
        for (std::size_t i = first; i < first + states; i++) {
            const double h = std::exp(log_posterior.data[i]);
            const double d = gradient.data[i] - h * total;
            d_logits.data[i] = d;
            allow_error(problem, epsilon * (h * (1.5 * std::fabs(total) + 0.5 * states * magnitude) +
                                            0.5 * std::fabs(d)));
        }
    });
}

const CaseOf log_normalize_backward{{
    "log_normalize_backward",
    {{"log_posterior", Domain::log_probability}, {"d_log_posterior", Domain::gradient}},
    {},
    row_shapes(),
    row_bench_shapes(),
    reference,
    allowed_error,
    per_element("log_posterior", 3, 12),
}};

}  // namespace
}  // namespace fsd::testing
