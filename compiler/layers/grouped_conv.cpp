// grouped_conv: conv whose groups of outputs read groups of the channels.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind grouped_conv() {
    StageKind kind;
    kind.op = "grouped_conv";
    kind.linear = LinearPart{"weight", "bias", "", LinearPart::Weights::of_groups};
    return kind;
}

}  // namespace fsd::compiler::layers
