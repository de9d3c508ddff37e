// max_pool: the gradient goes to the window's first maximum.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind max_pool() {
    return function_kind("max_pool", {{"probability", BackwardRead::input}});
}

}  // namespace fsd::training
