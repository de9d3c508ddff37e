// softmax: the name of ordinary networks for normalize.
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind softmax() {
    return bayes_rule("softmax", "normalize", ActivationKind::probability);
}

}  // namespace fsd::layers
