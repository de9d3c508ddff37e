// Shapes of rows of states, and the errors of reductions over them.
#pragma once

#include "cases/case.h"

#include <algorithm>
#include <cmath>

namespace fsd::testing {

// The larger numbers of sites are what GPUs take in blocks of up to 256 rows, full ones and others; each
// number of states there has code of its own.
inline std::vector<Extents> row_shapes() {
    constexpr int shapes[][3] = {{1, 1, 1},    {3, 2, 2},    {5, 1, 10},    {7, 3, 15},
                                 {2, 2, 16},   {65, 1, 17},  {11, 1, 31},   {4, 5, 64},
                                 {1, 1, 1009}, {256, 1, 2},  {300, 2, 3},   {257, 1, 9},
                                 {261, 1, 21}, {256, 1, 50}, {259, 1, 130}, {257, 1, 260}};
    std::vector<Extents> all;
    for (const auto &[site, group, state] : shapes) {
        all.push_back({{"site", site}, {"group", group}, {"state", state}});
    }
    return all;
}

// The same and what tiles of 16 rows, lanes of 16 states and blocks of 1,024 add to break.
inline std::vector<Extents> normalization_shapes() {
    constexpr int shapes[][3] = {{16, 1, 1},  {16, 1, 16},   {18, 3, 2},   {33, 2, 32},
                                 {17, 1, 64}, {16, 1, 1030}, {2, 1, 2049}, {1, 1, 5000}};
    std::vector<Extents> all = row_shapes();
    for (const auto &[site, group, state] : shapes) {
        all.push_back({{"site", site}, {"group", group}, {"state", state}});
    }
    return all;
}

inline std::vector<Extents> without_groups(std::vector<Extents> shapes) {
    for (Extents &shape : shapes) {
        shape.erase("group");
    }
    return shapes;
}

// Few and many states; in the level-2 cache and out of all caches.
inline std::vector<Extents> normalization_bench_shapes() {
    std::vector<Extents> all;
    for (const int elements : {1 << 16, 1 << 24}) {
        for (const int state : {2, 10, 16, 32, 64, 1000}) {
            all.push_back({{"site", elements / state}, {"group", 1}, {"state", state}});
        }
    }
    return all;
}

// Roundings on the way of a term into a sum of `states` terms: in its lane, over the 16 lanes, over the
// blocks.
inline double roundings(int states) {
    const int additions = std::min(states / 16 + 1, 64) + 4 + states / 1024;
    return additions;
}

// The outputs of the 16-32 network's layers at the batch of its training.
inline std::vector<Extents> row_bench_shapes() {
    return {{{"site", 28800}, {"group", 1}, {"state", 16}},
            {{"site", 3200}, {"group", 1}, {"state", 32}},
            {{"site", 50}, {"group", 1}, {"state", 10}}};
}

// Calls visit(first) with the index of each row's first element; `states` is the row's length.
template<typename Visit>
void for_each_row(const Values &values, int states, Visit visit) {
    for (std::size_t first = 0; first + states <= values.data.size(); first += states) {
        visit(first);
    }
}

}  // namespace fsd::testing
