// kld_linear: the evidence of hidden states, given the whole map (docs/math.md, 2.1).
#include "runtime/layers/kld.h"

namespace fsd::layers {

LayerKind kld_linear() {
    return kld("kld_linear", {});
}

}  // namespace fsd::layers
