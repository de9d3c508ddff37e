// log_normalize: Bayes' rule in the log domain.
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind log_normalize() {
    return bayes_rule("log_normalize", "log_normalize", ActivationKind::log_probability);
}

}  // namespace fsd::layers
