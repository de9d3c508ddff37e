// Bayes' rule as a stage of fused kernels: the posteriors of the states of each group, given their evidence.
#pragma once

#include "generators/row_reduction.h"

namespace fsd {

// Rows are the distributions of one sample: one per group and site.
class Bayes {
public:
    // The evidence of a state in the row (group, site, sample), computed strictly.
    using Evidence = std::function<Halide::Expr(const Halide::Expr &state)>;

    Halide::Var state{"state"}, group{"group"}, site{"site"}, sample{"sample"};
    RowReduction peak{"peak"}, mass{"mass"};
    Halide::Func weight{"weight"};  // state, group, site, sample: exp(z - peak)
    Halide::Func scale{"scale"};    // group, site, sample: 1 / mass or log mass
    Halide::Func result{"result"};  // state, group, site, sample: the (log) posterior

    void define_posterior(const Halide::Expr &states, const Evidence &evidence) {
        define_mass(states, evidence);
        scale(group, site, sample) = reciprocal(mass.total(group, site, sample));
        result(state, group, site, sample) =
            strict_product(weight(state, group, site, sample), scale(group, site, sample));
    }

    void define_log_posterior(const Halide::Expr &states, const Evidence &evidence) {
        define_mass(states, evidence);
        scale(group, site, sample) = logarithm_from_1(mass.total(group, site, sample));
        result(state, group, site, sample) =
            log_normalized(evidence(state), peak.total(group, site, sample), scale(group, site, sample));
    }

private:
    void define_mass(const Halide::Expr &states, const Evidence &evidence) {
        peak.maximum({group, site, sample}, states, evidence);
        weight(state, group, site, sample) = joint(evidence(state), peak.total(group, site, sample));
        mass.sum({group, site, sample}, states,
                 [&](const Halide::Expr &s) { return weight(s, group, site, sample); });
    }
};

}  // namespace fsd
