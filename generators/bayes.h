// Bayes' rule as a stage of fused kernels: the posteriors of the states of each group, given their evidence.
#pragma once

#include "generators/log_space.h"

#include <vector>

namespace fsd {

// The stages behind an evidence, which is a Func of the state and the axes `row` that number the
// distributions.
class Bayes {
public:
    Halide::Func evidence{"evidence"};  // state, row...: the caller defines it, strictly
    Halide::Var state;
    std::vector<Halide::Var> row;
    Halide::RDom states;
    Halide::Func peak{"peak"}, mass{"mass"};            // row...
    Halide::Func weight{"weight"};                      // state, row...: joint probabilities up to a factor
    Halide::Func scale{"scale"}, log_mass{"log_mass"};  // row...

    void define(const Halide::Expr &number_of_states) {
        const std::vector<Halide::Expr> place(row.begin(), row.end());
        const auto at = [&](const Halide::Expr &which) {
            std::vector<Halide::Expr> arguments{which};
            arguments.insert(arguments.end(), row.begin(), row.end());
            return arguments;
        };
        states = Halide::RDom(0, number_of_states, "states");
        peak(row) = -infinity;
        peak(row) = max(peak(row), evidence(at(states)));
        weight(at(state)) = joint(evidence(at(state)), peak(place));
        mass(row) = 0.f;
        mass(row) += weight(at(states));
        scale(row) = reciprocal(mass(place));
        log_mass(row) = logarithm(mass(place));
    }
};

}  // namespace fsd
