// log_normalize: Bayes' rule in the log domain.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind log_normalize() {
    return function_kind("log_normalize", {{"log_posterior", BackwardRead::output}});
}

}  // namespace fsd::training
