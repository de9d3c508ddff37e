// renormalized_max_pool: max_pool divided by its sum over the states.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind renormalized_max_pool() {
    return function_kind("renormalized_max_pool", {{"probability", BackwardRead::input}});
}

}  // namespace fsd::training
