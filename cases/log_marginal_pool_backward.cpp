// Case of log_marginal_pool_backward.
#include "cases/pool.h"

#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &log_probability = problem["log_probability"], &log_marginal = problem["log_marginal"];
    const Values &d_log_marginal = problem["d_log_marginal"];
    Values &d_log_probability = problem.output("d_log_probability", log_probability.shape);
    for_each_window(problem, [&](const PoolWindow &w) {
        for (int channel = 0; channel < problem.extent("channel"); channel++) {
            const double pooled = log_marginal(w.sample, w.pool_y, w.pool_x, channel);
            const double gradient = d_log_marginal(w.sample, w.pool_y, w.pool_x, channel);
            w.for_each_site([&](int y, int x) {
                const double likelihood = std::exp(log_probability(w.sample, y, x, channel) - pooled);
                d_log_probability(w.sample, y, x, channel) += likelihood / w.sites() * gradient;
            });
        }
    });
}

// log_marginal belongs to log_probability, as in training: the posteriors of the position are at most 1.
void prepare(Problem &problem) {
    log_marginal_pool_reference(problem);
    for (double &value : problem.tensors["log_marginal"].data) {
        value = static_cast<float>(value);
    }
}

// In epsilons: the rounding of the difference d <= log N, |d|/2, changes the posterior e^d / N <= 1 by at
// most max(log N, 0.4) / 2; exp adds 1, the reciprocal of N and the two products 1/2 each, and W windows W -
// 1 additions of 1/2, relative to a sum of at most W largest gradients.
double tolerance(const Problem &problem, const std::string &, double) {
    const double windows = overlapping_windows(problem);
    const double relative = 0.5 * std::max(std::log(window_size(problem)), 0.4) + 2.5 + 0.5 * (windows - 1);
    return epsilon * relative * windows * largest_gradient;
}

Work work(const Problem &problem) {
    const auto sites = static_cast<double>(problem["log_probability"].data.size());
    const auto windows = static_cast<double>(problem["log_marginal"].data.size());
    return {sites * overlapping_windows(problem) * (exp_operations + 4), 4 * 2 * (sites + windows)};
}

const CaseOf log_marginal_pool_backward{{
    "log_marginal_pool_backward",
    {{"log_probability", Domain::log_probability},
     {"log_marginal", Domain::log_probability},
     {"d_log_marginal", Domain::gradient}},
    {},
    pool_shapes(),
    pool_bench_shapes(),
    reference,
    tolerance,
    work,
    prepare,
}};

}  // namespace
}  // namespace fsd::testing
