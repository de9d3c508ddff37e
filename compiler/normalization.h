// Bayes' rule, or what approximates it, as stages of a compiled network.
#pragma once

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
};

}  // namespace fsd::compiler
