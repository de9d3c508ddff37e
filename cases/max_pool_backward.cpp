// Case of max_pool_backward.
#include "cases/pool.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &probability = problem["probability"], &d_maximum = problem["d_maximum"];
    Values &d_probability = problem.output("d_probability", probability.shape);
    for_each_window(problem, [&](const PoolWindow &w) {
        for (int channel = 0; channel < problem.extent("channel"); channel++) {
            const Site first =
                first_maximum(w, [&](int y, int x) { return probability(w.sample, y, x, channel); });
            d_probability(w.sample, first.y, first.x, channel) +=
                d_maximum(w.sample, w.pool_y, w.pool_x, channel);
        }
    });
}

// The gradients of up to W windows are added: W - 1 roundings of at most W largest_gradient. A site that
// belongs to one window gets an exact copy, one that is no maximum exactly nothing.
double tolerance(const Problem &problem, const std::string &, double expected) {
    const int windows = overlapping_windows(problem);
    return expected == 0 ? 0 : 0.5 * epsilon * (windows - 1) * windows * largest_gradient;
}

Work work(const Problem &problem) {
    const auto sites = static_cast<double>(problem["probability"].data.size());
    const auto windows = static_cast<double>(problem["d_maximum"].data.size());
    return {windows * (window_size(problem) - 1), 4 * (2 * sites + windows)};
}

// Probabilities: with many ties (zeros, and ones where there is one state).
const CaseOf max_pool_backward{{
    "max_pool_backward",
    {{"probability", Domain::probability}, {"d_maximum", Domain::gradient}},
    {},
    pool_shapes(),
    pool_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
