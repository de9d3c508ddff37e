// kld_conv: log-evidence is affine in the probabilities.
#include "toolkit/analysis/moments/layers/windows.h"

namespace fsd::analysis::moment_layers {

MomentLayer kld_conv() {
    return {"kld_conv", [](const MomentPlace &place) { return evidence(place, false); }};
}

}  // namespace fsd::analysis::moment_layers
