// Case of marginal_pool.
#include "cases/pool.h"

#include "runtime/signature.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &probability = problem["probability"];
    Values &marginal =
        problem.output("marginal", shape_of(signature_of("marginal_pool"), "marginal", problem.extents));
    for_each_window(problem, [&](const PoolWindow &w) {
        for (int channel = 0; channel < problem.extent("channel"); channel++) {
            double sum = 0;
            w.for_each_site([&](int y, int x) { sum += probability(w.sample, y, x, channel); });
            marginal(w.sample, w.pool_y, w.pool_x, channel) = sum / w.sites();
        }
    });
}

// N - 1 additions of numbers of one sign, the reciprocal of N and the product with it: each half an epsilon.
double tolerance(const Problem &problem, const std::string &, double expected) {
    return 0.5 * (window_size(problem) + 1) * epsilon * expected;
}

Work work(const Problem &problem) {
    const auto read = static_cast<double>(problem["probability"].data.size());
    const auto written = static_cast<double>(
        element_count(shape_of(signature_of("marginal_pool"), "marginal", problem.extents)));
    return {written * (window_size(problem) + 1), 4 * (read + written)};
}

const CaseOf marginal_pool{{
    "marginal_pool",
    {{"probability", Domain::probability}},
    {},
    pool_shapes(),
    pool_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
