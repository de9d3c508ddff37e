// quadratic: its gradient is linear in what it reads.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind quadratic() {
    return function_kind("quadratic", {{"preactivation", BackwardRead::input}});
}

}  // namespace fsd::training
