// normalize: Bayes' rule over the states of each group.
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind normalize() {
    return bayes_rule("normalize", "normalize", ActivationKind::probability);
}

}  // namespace fsd::layers
