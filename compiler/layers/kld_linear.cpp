// kld_linear: log prior + observations * sum of p log q over the whole map.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind kld_linear() {
    StageKind kind;
    kind.op = "kld_linear";
    kind.linear = LinearPart{"log_likelihood", "log_prior", "observations"};
    return kind;
}

}  // namespace fsd::compiler::layers
