// Shapes of the cases of normalization's gradients.
#pragma once

#include "tests/cases/case.h"

namespace fsd::testing {

inline std::vector<Extents> row_shapes() {
    constexpr int shapes[][3] = {{1, 1, 1},   {3, 2, 2},   {5, 1, 10}, {7, 3, 15},  {2, 2, 16},
                                 {65, 1, 17}, {11, 1, 31}, {4, 5, 64}, {1, 1, 1009}};
    std::vector<Extents> all;
    for (const auto &[site, group, state] : shapes) {
        all.push_back({{"site", site}, {"group", group}, {"state", state}});
    }
    return all;
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
