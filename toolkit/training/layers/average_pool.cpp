// average_pool: a mean, whose gradient reads no activation.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind average_pool() {
    return function_kind("average_pool");
}

}  // namespace fsd::training
