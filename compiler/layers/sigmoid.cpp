// sigmoid: 1 / (1 + exp(-z)).
#include "compiler/stage_kind.h"
#include "generators/approximations.h"

namespace fsd::compiler::layers {

StageKind sigmoid() {
    StageKind kind;
    kind.op = "sigmoid";
    kind.element = [](const Element &element) { return logistic(element.value); };
    return kind;
}

}  // namespace fsd::compiler::layers
