// Bayes' rule as a stage of fused kernels: the posteriors of the states of each group, given their evidence.
#pragma once

#include "generators/row_reduction.h"

namespace fsd {

// Rows are the distributions of one sample: one per group and site.
class Bayes {
public:
    // The evidence of a state in the row (group, place...), computed strictly.
    using Evidence = std::function<Halide::Expr(const Halide::Expr &state)>;

    Halide::Var state{"state"}, group{"group"}, site{"site"}, sample{"sample"};
    std::vector<Halide::Var> place{site, sample};  // set before define_; others where formulas are plain
    RowReduction peak{"peak"}, mass{"mass"};
    Halide::Func weight{"weight"};  // state, group, place...: exp(z - peak)
    Halide::Func scale{"scale"};    // group, place...: 1 / mass or log mass
    Halide::Func result{"result"};  // state, group, place...: the (log) posterior

    void define_posterior(const Halide::Expr &states, const Evidence &evidence) {
        define_mass(states, evidence);
        scale(row()) = reciprocal(mass.of_any(row()));
        result(state_of_row()) = strict_product(weight(state_of_row()), scale(row()));
    }

    void define_log_posterior(const Halide::Expr &states, const Evidence &evidence) {
        define_mass(states, evidence);
        scale(row()) = logarithm_from_1(mass.of_any(row()));
        result(state_of_row()) = log_normalized(evidence(state), peak.of_any(row()), scale(row()));
    }

private:
    void define_mass(const Halide::Expr &states, const Evidence &evidence) {
        std::vector<Halide::Var> axes{group};
        axes.insert(axes.end(), place.begin(), place.end());
        peak.maximum(axes, states, evidence);
        weight(state_of_row()) = joint(evidence(state), peak.of_any(row()));
        mass.sum(axes, states, [&](const Halide::Expr &s) { return weight(in_row(s)); });
    }

    std::vector<Halide::Expr> row() const {
        std::vector<Halide::Expr> at{group};
        at.insert(at.end(), place.begin(), place.end());
        return at;
    }
    std::vector<Halide::Expr> in_row(const Halide::Expr &of_state) const {
        std::vector<Halide::Expr> at = row();
        at.insert(at.begin(), of_state);
        return at;
    }
    std::vector<Halide::Expr> state_of_row() const { return in_row(state); }
};

}  // namespace fsd
