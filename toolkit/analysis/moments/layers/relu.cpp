// relu: exact for Gaussian numbers; to third order where cumulants are given.
#include "toolkit/analysis/moments/layers/moment_layer.h"
#include "toolkit/analysis/moments/nonlinearities.h"

namespace fsd::analysis::moment_layers {

MomentLayer relu() {
    MomentLayer room{
        "relu", nullptr, [](const MomentPlace &, const Moments &moments, const MomentRequest &request) {
            return request.third ? relu_moments_of_third_order(moments, *request.third, request.nodes)
                                 : relu_moments(moments, request.nodes);
        }};
    room.takes_third = true;
    return room;
}

}  // namespace fsd::analysis::moment_layers
