// What the cases share that normalize over states with probabilities.
#pragma once

#include "cases/case.h"

namespace fsd::testing {

// The drawn row becomes probabilities that sum to 1 within roundings; one state in five never occurs.
inline void make_probabilities(Problem &problem) {
    std::vector<double> &probability = problem.tensors.at("state_probability").data;
    double sum = 0;
    for (std::size_t state = 0; state < probability.size(); state++) {
        probability[state] = state % 5 == 4 ? 0 : probability[state] + 0.1;
        sum += probability[state];
    }
    for (double &value : probability) {
        value /= sum;
    }
}

inline std::vector<Extents> state_shapes() {
    return {{{"state", 1}, {"node", 1}},
            {{"state", 2}, {"node", 3}},
            {{"state", 7}, {"node", 8}},
            {{"state", 16}, {"node", 17}},
            {{"state", 130}, {"node", 5}}};
}

}  // namespace fsd::testing
