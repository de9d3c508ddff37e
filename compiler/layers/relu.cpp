// relu: max(z, 0).
#include "compiler/stage_kind.h"
#include "generators/approximations.h"

namespace fsd::compiler::layers {

StageKind relu() {
    StageKind kind;
    kind.op = "relu";
    kind.element = [](const Element &element) { return rectified(element.value); };
    kind.keeps_order = true;
    return kind;
}

}  // namespace fsd::compiler::layers
