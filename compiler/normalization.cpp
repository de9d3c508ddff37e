// The formulas of the normalizing operators over the rows of a compiled network.
#include "compiler/normalization.h"

#include "generators/approximations.h"
#include "runtime/error.h"

namespace fsd::compiler {

using Halide::Expr;
using Halide::Func;

void Normalization::define(const std::string &op, int states, const Bayes::Evidence &evidence) {
    result = Func(op);
    if (op == "normalize") {
        bayes.define_posterior(states, evidence);
        result = bayes.result;
    } else if (op == "log_normalize") {
        bayes.define_log_posterior(states, evidence);
        result = bayes.result;
    } else if (op == "hard_normalize") {
        hard.define({group, site, sample}, states, evidence);
        result(state, group, site, sample) = joint(evidence(state), hard.offset(group, site, sample));
    } else if (op == "log_hard_normalize") {
        hard.define({group, site, sample}, states, evidence);
        result(state, group, site, sample) = centered(evidence(state), hard.offset(group, site, sample));
    } else if (op == "relu") {
        result(state, group, site, sample) = rectified(evidence(state));
    } else if (op == "sigmoid") {
        result(state, group, site, sample) = logistic(evidence(state));
    } else {
        throw Error(ExitCode::internal, text("The compiler knows no normalization '", op, "'."));
    }
}

}  // namespace fsd::compiler
