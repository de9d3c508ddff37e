// normalize: Bayes' rule; its gradient needs the posterior alone.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind normalize() {
    return function_kind("normalize", {{"posterior", BackwardRead::output}});
}

}  // namespace fsd::training
