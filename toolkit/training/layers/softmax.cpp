// softmax: the name of ordinary networks for normalize.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind softmax() {
    return function_kind("softmax", {{"posterior", BackwardRead::output}});
}

}  // namespace fsd::training
