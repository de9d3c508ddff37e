// sigmoid: of real numbers.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind sigmoid() {
    TrainableKind kind = function_kind("sigmoid", {{"activation", BackwardRead::output}});
    kind.refusal = refuses_evidence;
    return kind;
}

}  // namespace fsd::training
