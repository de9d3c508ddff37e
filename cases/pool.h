// What the cases of the pooling operators share: the shapes and the walk over the windows.
#pragma once

#include "cases/case.h"

#include <algorithm>
#include <cmath>

namespace fsd::testing {

// Windows inside the map and beyond it, overlapping, with gaps, of one site, oblong, of the whole map.
inline std::vector<Extents> pool_shapes() {
    struct Shape {
        int sample, y, x, channel, window_y, window_x, stride_y, stride_x;
    };
    constexpr Shape shapes[] = {
        {1, 1, 1, 1, 1, 1, 1, 1},    {1, 1, 1, 3, 2, 2, 2, 2},   {2, 4, 6, 1, 2, 2, 2, 2},
        {3, 5, 7, 2, 2, 2, 2, 2},    {2, 7, 5, 3, 3, 3, 2, 2},   {1, 8, 9, 10, 3, 3, 2, 2},
        {2, 7, 7, 15, 2, 2, 3, 3},   {1, 9, 10, 16, 2, 3, 4, 5}, {2, 6, 5, 17, 3, 2, 1, 1},
        {1, 5, 11, 31, 4, 4, 3, 2},  {1, 3, 4, 33, 9, 7, 5, 3},  {1, 13, 1, 8, 5, 1, 5, 1},
        {3, 12, 12, 64, 2, 2, 2, 2}, {1, 7, 6, 129, 3, 3, 2, 2},
    };
    std::vector<Extents> all;
    for (const Shape &s : shapes) {
        all.push_back({{"sample", s.sample},
                       {"y", s.y},
                       {"x", s.x},
                       {"channel", s.channel},
                       {"pool_window_y", s.window_y},
                       {"pool_window_x", s.window_x},
                       {"pool_stride_y", s.stride_y},
                       {"pool_stride_x", s.stride_x}});
    }
    return all;
}

// The maps of the 16-32 network behind its two convolutions, few and many channels, overlapping windows.
inline std::vector<Extents> pool_bench_shapes() {
    struct Shape {
        int sample, y, x, channel, window, stride;
    };
    constexpr Shape shapes[] = {{64, 24, 24, 16, 2, 2},
                                {64, 8, 8, 32, 2, 2},
                                {16, 32, 32, 64, 3, 2},
                                {16, 64, 64, 2, 2, 2},
                                {16, 64, 64, 10, 2, 2}};
    std::vector<Extents> all;
    for (const Shape &s : shapes) {
        all.push_back({{"sample", s.sample},
                       {"y", s.y},
                       {"x", s.x},
                       {"channel", s.channel},
                       {"pool_window_y", s.window},
                       {"pool_window_x", s.window},
                       {"pool_stride_y", s.stride},
                       {"pool_stride_x", s.stride}});
    }
    return all;
}

// The same shapes with the channels as the states of one group, and some with more groups.
inline std::vector<Extents> grouped(std::vector<Extents> shapes) {
    for (Extents &shape : shapes) {
        shape.emplace("state", shape.at("channel"));
        shape.emplace("group", 1);
        shape.erase("channel");
    }
    return shapes;
}
inline std::vector<Extents> grouped_pool_shapes() {
    std::vector<Extents> shapes = grouped(pool_shapes());
    for (std::size_t i = 0; i < shapes.size(); i += 3) {
        shapes[i]["group"] = 1 + static_cast<int>(i);
    }
    return shapes;
}

// No normal number of standard deviation 1 among the 1e5 of a test exceeds it (probability 2e-4).
constexpr double largest_gradient = 6;

// The number of windows that hold a site, at most.
inline int overlapping_windows(const Problem &problem) {
    int windows = 1;
    for (const std::string axis : {"y", "x"}) {
        windows *=
            std::min((problem.extent("pool_window_" + axis) - 1) / problem.extent("pool_stride_" + axis) + 1,
                     problem.extent("pool_" + axis));
    }
    return windows;
}

// The number of sites in a window that lies inside the map.
inline int window_size(const Problem &problem) {
    return problem.extent("pool_window_y") * problem.extent("pool_window_x");
}

struct PoolWindow {
    int sample, pool_y, pool_x;                // its place
    int first_y, first_x, behind_y, behind_x;  // its sites: first_y <= y < behind_y, first_x <= x < behind_x

    int sites() const { return (behind_y - first_y) * (behind_x - first_x); }

    // Calls visit(y, x) for each site, row by row.
    template<typename Visit>
    void for_each_site(Visit visit) const {
        for (int y = first_y; y < behind_y; y++) {
            for (int x = first_x; x < behind_x; x++) {
                visit(y, x);
            }
        }
    }
};

// The windows over the axes `map`y and `map`x.
template<typename Visit>
void for_each_window(const Problem &problem, Visit visit, const std::string &map = "") {
    PoolWindow window{};
    for (window.sample = 0; window.sample < problem.extent("sample"); window.sample++) {
        for (window.pool_y = 0; window.pool_y < problem.extent("pool_y"); window.pool_y++) {
            for (window.pool_x = 0; window.pool_x < problem.extent("pool_x"); window.pool_x++) {
                window.first_y = window.pool_y * problem.extent("pool_stride_y");
                window.first_x = window.pool_x * problem.extent("pool_stride_x");
                window.behind_y =
                    std::min(window.first_y + problem.extent("pool_window_y"), problem.extent(map + "y"));
                window.behind_x =
                    std::min(window.first_x + problem.extent("pool_window_x"), problem.extent(map + "x"));
                visit(window);
            }
        }
    }
}

struct Site {
    int y, x;
};

// The first site of a window with the greatest value, row by row.
template<typename Value>
Site first_maximum(const PoolWindow &window, Value value) {
    Site first{window.first_y, window.first_x};
    window.for_each_site([&](int y, int x) {
        if (value(y, x) > value(first.y, first.x)) {
            first = {y, x};
        }
    });
    return first;
}

// Adds log_marginal. Used by the case of the gradient, too.
inline void log_marginal_pool_reference(Problem &problem) {
    const Values &log_probability = problem["log_probability"];
    Values &log_marginal = problem.output(
        "log_marginal", shape_of(signature_of("log_marginal_pool"), "log_marginal", problem.extents));
    for_each_window(problem, [&](const PoolWindow &w) {
        for (int channel = 0; channel < problem.extent("channel"); channel++) {
            const auto at = [&](int y, int x) { return log_probability(w.sample, y, x, channel); };
            const Site likeliest = first_maximum(w, at);
            const double peak = at(likeliest.y, likeliest.x);
            double mass = 0;
            w.for_each_site([&](int y, int x) { mass += std::exp(at(y, x) - peak); });
            log_marginal(w.sample, w.pool_y, w.pool_x, channel) = peak + std::log(mass / w.sites());
        }
    });
}

}  // namespace fsd::testing
