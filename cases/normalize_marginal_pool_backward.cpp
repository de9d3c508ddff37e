// Case of normalize_marginal_pool_backward.
#include "cases/error_bound.h"
#include "cases/pool.h"

#include <cmath>

namespace fsd::testing {
namespace {

// The pooling shapes, their channels as groups of states.
std::vector<Extents> grouped(std::vector<Extents> shapes) {
    for (Extents &extents : shapes) {
        const int channels = extents.at("channel");
        const int groups = channels % 3 == 0 ? 3 : 1;
        extents.erase("channel");
        extents["group"] = groups;
        extents["state"] = channels / groups;
    }
    return shapes;
}

// The gradient at the probabilities before pooling.
Values d_posterior(const Problem &problem) {
    const Values &d_marginal = problem["d_marginal"];
    Values gradient(problem["posterior"].shape);
    for_each_window(problem, [&](const PoolWindow &w) {
        w.for_each_site([&](int y, int x) {
            for (int group = 0; group < problem.extent("group"); group++) {
                for (int state = 0; state < problem.extent("state"); state++) {
                    gradient(w.sample, y, x, group, state) +=
                        d_marginal(w.sample, w.pool_y, w.pool_x, group, state) / w.sites();
                }
            }
        });
    });
    return gradient;
}

// Each share of a window is rounded twice (1 / N and the product) and each addition of shares once, which
// `largest` covers: it bounds the magnitude of R before the division by N >= 1. The mean has half an epsilon
// of its magnitudes for each product and addition; h R, h times the mean and their difference half an epsilon
// each.
void reference(Problem &problem) {
    const Values &posterior = problem["posterior"];
    const Values gradient = d_posterior(problem);
    Values &d_logits = problem.output("d_logits", posterior.shape);
    const int states = problem.extent("state");
    const double windows =
        std::ceil(1.0 * problem.extent("pool_window_y") / problem.extent("pool_stride_y")) *
        std::ceil(1.0 * problem.extent("pool_window_x") / problem.extent("pool_stride_x"));
    double largest = 0;
    for (double share : problem["d_marginal"].data) {
        largest = std::max(largest, windows * std::fabs(share));
    }
    for (std::size_t first = 0; first + states <= posterior.data.size(); first += states) {
        double mean = 0, magnitude = 0;
        for (std::size_t i = first; i < first + states; i++) {
            mean += posterior.data[i] * gradient.data[i];
            magnitude += std::fabs(posterior.data[i] * gradient.data[i]);
        }
        for (std::size_t i = first; i < first + states; i++) {
            d_logits.data[i] = posterior.data[i] * (gradient.data[i] - mean);
            allow_error(problem,
                        epsilon * (posterior.data[i] * (0.5 * (states + 1) * magnitude + windows * largest) +
                                   std::fabs(d_logits.data[i])));
        }
    }
}

Work work(const Problem &problem) {
    const auto read = static_cast<double>(problem["posterior"].data.size());
    const auto pooled = static_cast<double>(problem["d_marginal"].data.size());
    return {5 * read, 4 * (2 * read + pooled)};
}

const CaseOf normalize_marginal_pool_backward{{
    "normalize_marginal_pool_backward",
    {{"posterior", Domain::probability}, {"d_marginal", Domain::gradient}},
    {},
    grouped(pool_shapes()),
    {{{"sample", 50},
      {"y", 24},
      {"x", 24},
      {"group", 1},
      {"state", 16},
      {"pool_window_y", 2},
      {"pool_window_x", 2},
      {"pool_stride_y", 2},
      {"pool_stride_x", 2}},
     {{"sample", 50},
      {"y", 8},
      {"x", 8},
      {"group", 1},
      {"state", 32},
      {"pool_window_y", 2},
      {"pool_window_x", 2},
      {"pool_stride_y", 2},
      {"pool_stride_x", 2}},
     {{"sample", 50},
      {"y", 32},
      {"x", 32},
      {"group", 1},
      {"state", 32},
      {"pool_window_y", 3},
      {"pool_window_x", 3},
      {"pool_stride_y", 2},
      {"pool_stride_x", 2}}},
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
