// erf: exact for Gaussian numbers.
#include "toolkit/analysis/moments/layers/moment_layer.h"
#include "toolkit/analysis/moments/nonlinearities.h"

namespace fsd::analysis::moment_layers {

MomentLayer erf() {
    return {"erf", nullptr, [](const MomentPlace &, const Moments &moments, const MomentRequest &request) {
                return erf_moments(moments, request.nodes);
            }};
}

}  // namespace fsd::analysis::moment_layers
