// Case of renormalized_max_pool_backward.
#include "cases/pool.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &probability = problem["probability"], &d_maximum = problem["d_maximum"];
    Values &d_probability = problem.output("d_probability", probability.shape);
    const int states = problem.extent("state");
    for_each_window(problem, [&](const PoolWindow &w) {
        for (int group = 0; group < problem.extent("group"); group++) {
            std::vector<Site> first(states);
            double total = 0, inner = 0;
            for (int s = 0; s < states; s++) {
                first[s] =
                    first_maximum(w, [&](int y, int x) { return probability(w.sample, y, x, group, s); });
                const double peak = probability(w.sample, first[s].y, first[s].x, group, s);
                total += peak;
                inner += peak * d_maximum(w.sample, w.pool_y, w.pool_x, group, s);
            }
            for (int s = 0; s < states; s++) {
                d_probability(w.sample, first[s].y, first[s].x, group, s) +=
                    (d_maximum(w.sample, w.pool_y, w.pool_x, group, s) - inner / total) / total;
            }
        }
    });
}

// In halves of an epsilon, G being the largest gradient, T >= 1 the sum of the maxima: T has S - 1 additions,
// the inner product at most S roundings of sum maximum |d| <= G T, so their quotient (2 S + 1) G; the
// difference to it, at most 2 G, is rounded and divided: 2 G + 2 (S + 1) G. Up to W windows are added, each
// at most 2 G. A site that is no maximum gets exactly nothing.
double tolerance(const Problem &problem, const std::string &, double expected) {
    const double states = problem.extent("state"), windows = overlapping_windows(problem);
    return expected == 0 ? 0
                         : 0.5 * epsilon * largest_gradient * windows * (4 * states + 5 + 2 * (windows - 1));
}

Work work(const Problem &problem) {
    const auto sites = static_cast<double>(problem["probability"].data.size());
    const auto windows = static_cast<double>(problem["d_maximum"].data.size());
    return {windows * (window_size(problem) + 6), 4 * (2 * sites + windows)};
}

const CaseOf renormalized_max_pool_backward{{
    "renormalized_max_pool_backward",
    {{"probability", Domain::probability}, {"d_maximum", Domain::gradient}},
    {},
    grouped_pool_shapes(),
    grouped(pool_bench_shapes()),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
