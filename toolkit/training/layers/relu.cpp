// relu: of real numbers.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

// What is above 0 behind it was above 0 before it, so the gradient needs no other activation than the one
// that a fused kernel leaves.
TrainableKind relu() {
    TrainableKind kind = function_kind("relu", {{"log_evidence", BackwardRead::output}});
    kind.refusal = refuses_evidence;
    return kind;
}

}  // namespace fsd::training
