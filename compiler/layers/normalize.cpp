// normalize: Bayes' rule over the states of a group.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind normalize() {
    StageKind kind;
    kind.op = "normalize";
    kind.normalize = [](Normalization &rows, int states, const Bayes::Evidence &evidence) {
        rows.bayes.define_posterior(states, evidence);
        rows.result = rows.bayes.result;
    };
    kind.may_take_powers = true;
    return kind;
}

}  // namespace fsd::compiler::layers
