// marginal_pool: a mean, whose gradient reads no activation.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind marginal_pool() {
    return function_kind("marginal_pool");
}

}  // namespace fsd::training
