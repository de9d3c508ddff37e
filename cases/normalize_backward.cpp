// Case of normalize_backward.
#include "cases/error_bound.h"
#include "cases/rows.h"

#include <cmath>

namespace fsd::testing {
namespace {

// The sum of products has an error of half an epsilon of its magnitudes for each product and addition, the
// difference and the last product half an epsilon of themselves.
void reference(Problem &problem) {
    const Values &posterior = problem["posterior"];
    const Values &gradient = problem["d_posterior"];
    Values &d_logits = problem.output("d_logits", posterior.shape);
    const int states = problem.extent("state");
    for_each_row(posterior, states, [&](std::size_t first) {
        double mean = 0, magnitude = 0;
        for (std::size_t i = first; i < first + states; i++) {
            mean += posterior.data[i] * gradient.data[i];
            magnitude += std::fabs(posterior.data[i] * gradient.data[i]);
        }
        for (std::size_t i = first; i < first + states; i++) {
            d_logits.data[i] = posterior.data[i] * (gradient.data[i] - mean);
            allow_error(problem, epsilon * (posterior.data[i] * 0.5 * (states + 1) * magnitude +
                                            std::fabs(d_logits.data[i])));
        }
    });
}

const CaseOf normalize_backward{{
    "normalize_backward",
    {{"posterior", Domain::probability}, {"d_posterior", Domain::gradient}},
    {},
    row_shapes(),
    row_bench_shapes(),
    reference,
    allowed_error,
    per_element("posterior", 4, 12),
}};

}  // namespace
}  // namespace fsd::testing
