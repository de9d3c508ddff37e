// quadratic: exact for Gaussian numbers, and nearly for others where third cumulants are given.
#include "toolkit/analysis/moments/layers/moment_layer.h"
#include "toolkit/analysis/moments/nonlinearities.h"

namespace fsd::analysis::moment_layers {

MomentLayer quadratic() {
    MomentLayer room{"quadratic", nullptr,
                     [](const MomentPlace &place, const Moments &moments, const MomentRequest &request) {
                         return quadratic_moments(moments, place.layer().number("alpha"), request.third);
                     }};
    room.takes_third = true;
    return room;
}

}  // namespace fsd::analysis::moment_layers
