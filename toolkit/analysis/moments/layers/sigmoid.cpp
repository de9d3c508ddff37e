// sigmoid: a series in the correlation.
#include "toolkit/analysis/moments/layers/moment_layer.h"
#include "toolkit/analysis/moments/nonlinearities.h"

namespace fsd::analysis::moment_layers {

MomentLayer sigmoid() {
    return {"sigmoid", nullptr, [](const MomentPlace &, const Moments &moments, const MomentRequest &) {
                return sigmoid_moments(moments);
            }};
}

}  // namespace fsd::analysis::moment_layers
