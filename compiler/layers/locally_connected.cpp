// locally_connected: conv with weights and biases of each site's own.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind locally_connected() {
    StageKind kind;
    kind.op = "locally_connected";
    kind.linear = LinearPart{"weight", "bias", "", LinearPart::Weights::of_sites};
    return kind;
}

}  // namespace fsd::compiler::layers
