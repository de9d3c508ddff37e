// erf: the error function.
#include "compiler/stage_kind.h"
#include "generators/error_function.h"

namespace fsd::compiler::layers {

StageKind erf() {
    StageKind kind;
    kind.op = "erf";
    kind.element = [](const Element &element) { return error_function(element.value); };
    return kind;
}

}  // namespace fsd::compiler::layers
