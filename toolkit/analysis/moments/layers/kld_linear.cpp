// kld_linear: log-evidence is affine in the probabilities.
#include "toolkit/analysis/moments/layers/windows.h"

namespace fsd::analysis::moment_layers {

MomentLayer kld_linear() {
    return {"kld_linear", [](const MomentPlace &place) { return evidence(place, true); }};
}

}  // namespace fsd::analysis::moment_layers
