// hard_normalize: the exponential of the evidence minus its largest.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind hard_normalize() {
    StageKind kind;
    kind.op = "hard_normalize";
    kind.normalize = [](Normalization &rows, int states, const Bayes::Evidence &evidence) {
        rows.hard.define({rows.group, rows.site, rows.sample}, states, evidence);
        rows.result(rows.state, rows.group, rows.site, rows.sample) =
            joint(evidence(rows.state), rows.hard.offset(rows.group, rows.site, rows.sample));
    };
    return kind;
}

}  // namespace fsd::compiler::layers
