// The distribution of each group's states at a site, or what stands in for it, as stages of a compiled
// network.
#pragma once

#include "compiler/evidence_range.h"
#include "compiler/map.h"
#include "generators/bayes.h"
#include "generators/valid_peak.h"

namespace fsd::compiler {

// A room in compiler/layers/ defines the result, and what it is made of.
class Normalization {
public:
    Halide::Var state{"state"}, group{"group"}, site{"site"}, sample{"sample"};
    Bayes bayes;                    // defined or not
    ValidPeak hard;                 // defined or not
    Halide::Func result{"result"};  // state, group, site, sample

    // The evidence as it is.
    void define_identity(const Bayes::Evidence &evidence);

    // Posteriors that are going to be rounded to bytes, from finite log-evidence in powers of 2: within
    // 2^-17 of their size, what rounds the evidence itself left out.
    void define_by_powers(Exponent exponent, int states, const Bayes::Evidence &evidence);

    // It takes sums or maxima of rows.
    bool has_rows() const { return bayes.result.defined() || hard.offset.defined(); }
};

}  // namespace fsd::compiler
