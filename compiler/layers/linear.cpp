// linear: bias + sum of weights times all numbers of the map.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind linear() {
    StageKind kind;
    kind.op = "linear";
    kind.linear = LinearPart{"weight", "bias"};
    return kind;
}

}  // namespace fsd::compiler::layers
