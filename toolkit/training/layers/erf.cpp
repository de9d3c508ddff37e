// erf: its gradient is a Gaussian of what it reads.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind erf() {
    return function_kind("erf", {{"preactivation", BackwardRead::input}});
}

}  // namespace fsd::training
