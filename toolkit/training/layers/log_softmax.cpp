// log_softmax: the name of ordinary networks for log_normalize.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind log_softmax() {
    return function_kind("log_softmax", {{"log_posterior", BackwardRead::output}});
}

}  // namespace fsd::training
