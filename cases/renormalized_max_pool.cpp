// Case of renormalized_max_pool.
#include "cases/pool.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &probability = problem["probability"];
    Values &maximum = problem.output(
        "maximum", shape_of(signature_of("renormalized_max_pool"), "maximum", problem.extents));
    const int states = problem.extent("state");
    for_each_window(problem, [&](const PoolWindow &w) {
        for (int group = 0; group < problem.extent("group"); group++) {
            double *row = &maximum(w.sample, w.pool_y, w.pool_x, group, 0);
            double total = 0;
            for (int state = 0; state < states; state++) {
                w.for_each_site([&](int y, int x) {
                    row[state] = std::max(row[state], probability(w.sample, y, x, group, state));
                });
                total += row[state];
            }
            std::for_each(row, row + states, [&](double &value) { value /= total; });
        }
    });
}

// The maxima are exact; their sum has S - 1 additions of numbers of one sign, then a reciprocal and a
// product.
double tolerance(const Problem &problem, const std::string &, double expected) {
    return 0.5 * (problem.extent("state") + 1) * epsilon * expected;
}

Work work(const Problem &problem) {
    const auto read = static_cast<double>(problem["probability"].data.size());
    const auto written = static_cast<double>(
        element_count(shape_of(signature_of("renormalized_max_pool"), "maximum", problem.extents)));
    return {written * (window_size(problem) + 2), 4 * (read + written)};
}

const CaseOf renormalized_max_pool{{
    "renormalized_max_pool",
    {{"probability", Domain::probability}},
    {},
    grouped_pool_shapes(),
    grouped(pool_bench_shapes()),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
