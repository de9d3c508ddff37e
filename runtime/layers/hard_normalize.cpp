// hard_normalize: exp(z - max z), the approximation of Bayes' rule whose best state has 1.
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind hard_normalize() {
    return bayes_rule("hard_normalize", "hard_normalize", ActivationKind::probability);
}

}  // namespace fsd::layers
