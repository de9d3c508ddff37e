// What the cases of the element-wise operators share.
#pragma once

#include "cases/case.h"

#include <algorithm>

namespace fsd::testing {

inline std::vector<Extents> element_wise_shapes() {
    return {
        {{"site", 1}, {"state", 1}},   {{"site", 1}, {"state", 7}},   {{"site", 37}, {"state", 1}},
        {{"site", 5}, {"state", 10}},  {{"site", 3}, {"state", 16}},  {{"site", 33}, {"state", 17}},
        {{"site", 2}, {"state", 129}}, {{"site", 901}, {"state", 3}}, {{"site", 600}, {"state", 64}},
    };
}

inline std::vector<Extents> element_wise_bench_shapes() {
    return {
        {{"site", 640}, {"state", 10}}, {{"site", 4096}, {"state", 32}}, {{"site", 262144}, {"state", 64}}};
}

// Adds the output `name`, of the shape of `a`, element by element.
template<typename Formula>
void map_elements(Problem &problem, const std::string &name, const Values &a, Formula formula) {
    Values &output = problem.output(name, a.shape);
    std::transform(a.data.begin(), a.data.end(), output.data.begin(), formula);
}
template<typename Formula>
void map_elements(Problem &problem, const std::string &name, const Values &a, const Values &b,
                  Formula formula) {
    Values &output = problem.output(name, a.shape);
    std::transform(a.data.begin(), a.data.end(), b.data.begin(), output.data.begin(), formula);
}

}  // namespace fsd::testing
