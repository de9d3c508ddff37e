// max_pool: Clark's formulas, a pair at a time.
#include "toolkit/analysis/moments/layers/windows.h"
#include "toolkit/analysis/moments/maximum.h"

namespace fsd::analysis::moment_layers {

MomentLayer max_pool() {
    return {"max_pool", nullptr,
            [](const MomentPlace &place, const Moments &moments, const MomentRequest &) {
                return maximum_moments(moments, pool_windows(place));
            },
            "a maximum of several is taken a pair at a time, each as if it were Gaussian (Clark)"};
}

}  // namespace fsd::analysis::moment_layers
