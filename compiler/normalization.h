// Bayes' rule, or what approximates it, as stages of a compiled network.
#pragma once

#include "compiler/evidence_range.h"
#include "compiler/map.h"
#include "generators/bayes.h"
#include "generators/valid_peak.h"

namespace fsd::compiler {

class Normalization {
public:
    Halide::Var state{"state"}, group{"group"}, site{"site"}, sample{"sample"};
    Bayes bayes;          // normalize, log_normalize
    ValidPeak hard;       // hard_normalize, log_hard_normalize
    Halide::Func result;  // state, group, site, sample

    // op is one of the layer kinds that take log-evidence.
    void define(const std::string &op, int states, const Bayes::Evidence &evidence);

    // Posteriors that are going to be rounded to bytes, from finite log-evidence in powers of 2: within
    // 2^-17 of their size, what rounds the evidence itself left out.
    void define_by_powers(Exponent exponent, int states, const Bayes::Evidence &evidence);
};

}  // namespace fsd::compiler
