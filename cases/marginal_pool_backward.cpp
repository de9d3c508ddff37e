// Case of marginal_pool_backward.
#include "cases/pool.h"

#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &d_marginal = problem["d_marginal"];
    Values &d_probability = problem.output(
        "d_probability", shape_of(signature_of("marginal_pool_backward"), "d_probability", problem.extents));
    for_each_window(problem, [&](const PoolWindow &w) {
        for (int channel = 0; channel < problem.extent("channel"); channel++) {
            const double share = d_marginal(w.sample, w.pool_y, w.pool_x, channel) / w.sites();
            w.for_each_site([&](int y, int x) { d_probability(w.sample, y, x, channel) += share; });
        }
    });
}

// A share has two roundings (the reciprocal of N and the product with it) and up to windows - 1 additions
// behind it: each half an epsilon of the sum of the shares' sizes.
double tolerance(const Problem &problem, const std::string &, double expected) {
    const int windows = overlapping_windows(problem);
    return 0.5 * epsilon * (windows + 1) * (windows == 1 ? std::fabs(expected) : windows * largest_gradient);
}

Work work(const Problem &problem) {
    const auto read = static_cast<double>(problem["d_marginal"].data.size());
    const auto written = static_cast<double>(
        element_count(shape_of(signature_of("marginal_pool_backward"), "d_probability", problem.extents)));
    return {2 * written * overlapping_windows(problem), 4 * (read + written)};
}

const CaseOf marginal_pool_backward{{
    "marginal_pool_backward",
    {{"d_marginal", Domain::gradient}},
    {},
    pool_shapes(),
    pool_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
