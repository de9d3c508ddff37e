// channel_affine: slope z + offset per channel.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind channel_affine() {
    StageKind kind;
    kind.op = "channel_affine";
    kind.element = [](const Element &element) {
        return element.value * element.numbers.at("slope") + element.numbers.at("offset");
    };
    return kind;
}

}  // namespace fsd::compiler::layers
