// Score and p-value of an image (runtime/novelty.h) as stages of a compiled network that runs one image at a
// time.
#pragma once

#include "compiler/map.h"
#include "compiler/normalization.h"
#include "runtime/novelty.h"

namespace fsd::compiler {

// The log-evidence of a normalized layer: the mean over its sites and groups of what Bayes' rule divides by.
// It is summed in runs of rows, one for each row of what is pooled of them.
class LayerEvidence {
public:
    // map: what `rows` give; `runs` of `rows_per_run` rows hold it.
    LayerEvidence(const Normalization &rows, const StageMap &map, int runs, int rows_per_run);

    int runs, rows_per_run;
    Halide::Var group{"group"}, site{"site"}, y{"y"}, sample{"sample"}, lane{"lane"};
    Halide::Func log_normalizer{"log_normalizer"};  // group, site, sample
    // In float64: eight sums, none of which waits for another, then these.
    Halide::Func partial{"evidence_partial"};    // lane, y: the run, sample
    Halide::RDom chunk;                          // of its first update
    Halide::Func lanes_total{"evidence_lanes"};  // y, sample
    Halide::Func of_run{"evidence_of_run"};      // the same, with nothing but pure loops
    Halide::Func total{"evidence_total"};        // sample
    Halide::Func mean{"evidence"};               // sample, float32
};

class JudgeStages {
public:
    // The fit, one tensor behind the other, among the numbers of the network.
    struct Fit {
        const Novelty &novelty;
        Halide::ImageParam numbers;
        int mean, precision, scores;  // where they begin
    };

    // evidence: of the layers, each a function of the sample; result: number, sample, the largest one is the
    // class.
    void define(const Fit &fit, const std::vector<Halide::Func> &evidence, const Halide::Func &result);

    Halide::Func novelty{"novelty"}, p_value{"p_value"};  // sample

    // The stages between the evidence and these, a few numbers each.
    std::vector<Halide::Func> small() const { return {predicted_, difference_, square_, below_}; }

private:
    void define_score(const Fit &fit, const std::vector<Halide::Func> &evidence);
    void define_p_value(const Fit &fit);

    Halide::Var sample_{"sample"}, layer_{"layer"};
    Halide::Func predicted_{"predicted"}, difference_{"difference"}, square_{"square"}, below_{"below"};
};

}  // namespace fsd::compiler
