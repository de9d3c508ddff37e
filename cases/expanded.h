// What the cases share that expand a student over its teacher's graph.
#pragma once

#include "cases/case.h"

namespace fsd::testing {

inline Extents expanded_extents(int regions, int children, int states, int nodes) {
    return {{"region", regions}, {"child", children},         {"state", states},
            {"node", nodes},     {"child_state", states + 1}, {"child_node", nodes + 2}};
}

inline std::vector<Extents> expanded_shapes() {
    return {expanded_extents(1, 1, 1, 1), expanded_extents(2, 3, 2, 7), expanded_extents(3, 2, 5, 8),
            expanded_extents(1, 4, 3, 17), expanded_extents(2, 1, 11, 9)};
}

inline double products_of(const Problem &problem) {
    const double edges = static_cast<double>(problem.extent("region")) * problem.extent("child");
    return edges * problem.extent("child_state") * problem.extent("node") *
           (problem.extent("child_node") + problem.extent("state"));
}

}  // namespace fsd::testing
