// kld_conv: the evidence of hidden states at each position of a window (docs/math.md, 2.1).
#include "runtime/layers/kld.h"
#include "runtime/layers/window.h"

namespace fsd::layers {

LayerKind kld_conv() {
    return kld("kld_conv", window_attributes(false));
}

}  // namespace fsd::layers
