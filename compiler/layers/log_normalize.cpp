// log_normalize: the logarithm of what Bayes' rule gives.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind log_normalize() {
    StageKind kind;
    kind.op = "log_normalize";
    kind.normalize = [](Normalization &rows, int states, const Bayes::Evidence &evidence) {
        rows.bayes.define_log_posterior(states, evidence);
        rows.result = rows.bayes.result;
    };
    return kind;
}

}  // namespace fsd::compiler::layers
