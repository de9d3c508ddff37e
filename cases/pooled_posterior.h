// What the cases of the convolutions with Bayes' rule and a pool share: reference, error and shapes.
#pragma once

#include "cases/pool.h"
#include "cases/posterior.h"

namespace fsd::testing {

// Writes the output `marginal`, the means of the posteriors [sample, output_y, output_x, group, state].
inline void pool_posteriors(Problem &problem, const Values &posterior) {
    const int groups = problem.extent("group"), states = problem.extent("state");
    Values &marginal = problem.output("marginal", {problem.extent("sample"), problem.extent("pool_y"),
                                                   problem.extent("pool_x"), groups, states});
    for_each_window(
        problem,
        [&](const PoolWindow &window) {
            window.for_each_site([&](int y, int x) {
                for (int g = 0; g < groups; g++) {
                    for (int s = 0; s < states; s++) {
                        marginal(window.sample, window.pool_y, window.pool_x, g, s) +=
                            posterior(window.sample, y, x, g, s) / window.sites();
                    }
                }
            });
        },
        "output_");
}

// The error of a posterior p grows with p |log p|, which is concave: the error of their mean is at most that
// of a posterior as large as the mean. The sum of the N sites of a window rounds N times.
inline double marginal_error(const Problem &problem, double expected) {
    const double sites = problem.extent("pool_window_y") * problem.extent("pool_window_x");
    return posterior_error(problem, expected) + epsilon * (0.5 * sites + 1) * expected;
}

// Every convolution with another pool: 2 x 2 (and in large batches), overlapping, oblong, with gaps, beyond
// the map.
inline std::vector<Extents> pooled(const std::vector<Extents> &shapes) {
    constexpr int pools[][4] = {{2, 2, 2, 2}, {3, 3, 2, 2}, {1, 1, 1, 1},
                                {2, 3, 1, 2}, {2, 2, 3, 3}, {9, 7, 2, 3}};
    std::vector<Extents> all;
    for (const Extents &shape : shapes) {
        const auto &[window_y, window_x, stride_y, stride_x] =
            pools[shape.at("sample") > 1000 ? 0 : all.size() % std::size(pools)];
        all.push_back(shape);
        all.back()["pool_window_y"] = window_y;
        all.back()["pool_window_x"] = window_x;
        all.back()["pool_stride_y"] = stride_y;
        all.back()["pool_stride_x"] = stride_x;
    }
    return all;
}

// The layers of the 16-32 network pool 2 x 2, those of the CIFAR-10 network (padding 2) 3 x 3 with stride 2.
inline std::vector<Extents> pooled_bench_shapes() {
    std::vector<Extents> shapes = in_one_group(forward_convolution_bench_shapes());
    for (Extents &shape : shapes) {
        const int window = shape.at("padding_y") == 2 ? 3 : 2;
        shape.insert({{"pool_window_y", window},
                      {"pool_window_x", window},
                      {"pool_stride_y", 2},
                      {"pool_stride_x", 2}});
    }
    return shapes;
}

inline Case pooled_convolution_case(const std::string &op, decltype(Case::reference) reference,
                                    decltype(Case::tolerance) tolerance, decltype(Case::work) work) {
    return {op,
            {{"probability", Domain::probability},
             {"log_likelihood", Domain::log_probability},
             {"log_prior", Domain::log_probability}},
            {{"observations", 0.75}},
            pooled(and_large_batches(in_groups(forward_convolution_shapes()))),
            pooled_bench_shapes(),
            std::move(reference),
            std::move(tolerance),
            std::move(work)};
}

}  // namespace fsd::testing
