// log_hard_normalize: the evidence minus its largest.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind log_hard_normalize() {
    StageKind kind;
    kind.op = "log_hard_normalize";
    kind.normalize = [](Normalization &rows, int states, const Bayes::Evidence &evidence) {
        rows.hard.define({rows.group, rows.site, rows.sample}, states, evidence);
        rows.result(rows.state, rows.group, rows.site, rows.sample) =
            centered(evidence(rows.state), rows.hard.offset(rows.group, rows.site, rows.sample));
    };
    return kind;
}

}  // namespace fsd::compiler::layers
