// Case of max_pool.
#include "cases/pool.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &probability = problem["probability"];
    Values &maximum =
        problem.output("maximum", shape_of(signature_of("max_pool"), "maximum", problem.extents));
    for_each_window(problem, [&](const PoolWindow &w) {
        for (int channel = 0; channel < problem.extent("channel"); channel++) {
            double peak = probability(w.sample, w.first_y, w.first_x, channel);
            w.for_each_site(
                [&](int y, int x) { peak = std::max(peak, probability(w.sample, y, x, channel)); });
            maximum(w.sample, w.pool_y, w.pool_x, channel) = peak;
        }
    });
}

// One of the inputs, unchanged.
double tolerance(const Problem &, const std::string &, double) {
    return 0;
}

Work work(const Problem &problem) {
    const auto read = static_cast<double>(problem["probability"].data.size());
    const double written =
        static_cast<double>(element_count(shape_of(signature_of("max_pool"), "maximum", problem.extents)));
    return {written * (window_size(problem) - 1), 4 * (read + written)};
}

// Logits: also numbers below zero, which a maximum that starts at zero would lose.
const CaseOf max_pool{{
    "max_pool",
    {{"probability", Domain::logits}},
    {},
    pool_shapes(),
    pool_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
