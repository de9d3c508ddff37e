// log_hard_normalize: z - max z.
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind log_hard_normalize() {
    return bayes_rule("log_hard_normalize", "log_hard_normalize", ActivationKind::log_probability);
}

}  // namespace fsd::layers
