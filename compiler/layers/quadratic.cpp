// quadratic: z + alpha z^2.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind quadratic() {
    StageKind kind;
    kind.op = "quadratic";
    kind.element = [](const Element &element) {
        const Halide::Expr z = element.value, alpha = static_cast<float>(element.layer.number("alpha"));
        return z + alpha * z * z;
    };
    return kind;
}

}  // namespace fsd::compiler::layers
