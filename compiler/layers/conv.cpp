// conv: bias + sum of weights times what is in each window.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind conv() {
    StageKind kind;
    kind.op = "conv";
    kind.linear = LinearPart{"weight", "bias"};
    return kind;
}

}  // namespace fsd::compiler::layers
