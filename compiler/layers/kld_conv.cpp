// kld_conv: log prior + observations * sum of p log q over each window.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind kld_conv() {
    StageKind kind;
    kind.op = "kld_conv";
    kind.linear = LinearPart{"log_likelihood", "log_prior", "observations"};
    return kind;
}

}  // namespace fsd::compiler::layers
