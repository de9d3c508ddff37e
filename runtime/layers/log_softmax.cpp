// log_softmax: the name of ordinary networks for log_normalize.
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind log_softmax() {
    return bayes_rule("log_softmax", "log_normalize", ActivationKind::log_probability);
}

}  // namespace fsd::layers
