// What the cases of the filters' parametrization share: shapes and the walk over the distributions.
#pragma once

#include "cases/case.h"

namespace fsd::testing {

inline std::vector<Extents> filter_shapes() {
    constexpr int shapes[][3] = {{1, 1, 1},  {3, 2, 2},   {5, 10, 15}, {2, 16, 16}, {25, 2, 16},
                                 {4, 3, 17}, {9, 31, 10}, {1, 64, 33}, {1, 7, 129}, {2, 1009, 3}};
    std::vector<Extents> all;
    for (const auto &[position, input_state, output] : shapes) {
        all.push_back({{"position", position}, {"input_state", input_state}, {"output", output}});
    }
    return all;
}

// The layers of the 16-32 network.
inline std::vector<Extents> filter_bench_shapes() {
    return {{{"position", 25}, {"input_state", 2}, {"output", 16}},
            {{"position", 25}, {"input_state", 16}, {"output", 32}},
            {{"position", 16}, {"input_state", 32}, {"output", 10}}};
}

// Calls visit(position, output) for each distribution; its states are the elements (position, s, output).
template<typename Visit>
void for_each_filter(const Problem &problem, Visit visit) {
    for (int position = 0; position < problem.extent("position"); position++) {
        for (int output = 0; output < problem.extent("output"); output++) {
            visit(position, output);
        }
    }
}

}  // namespace fsd::testing
