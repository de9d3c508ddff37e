// locally_connected: products with a window, each site with its own weights.
#include "toolkit/analysis/moments/layers/windows.h"

namespace fsd::analysis::moment_layers {

namespace {

AffineMap map_of(const MomentPlace &place) {
    const int channels = place.channels(), outputs = place.output[3] * place.output[2];
    const int height = place.layer().attribute("window_y"), width = place.layer().attribute("window_x");
    const float *weight = place.numbers("weight"), *bias = place.numbers("bias");
    AffineMap map{Matrix::Zero(place.inputs(), place.outputs()),
                  {},
                  Eigen::Map<const Eigen::VectorXf>(bias, place.outputs()).cast<double>()};
    for_each_window_place(place, [&](const WindowPlace &at) {
        const std::size_t window =
            (static_cast<std::size_t>(at.site) * height + at.window_y) * width + at.window_x;
        for (int channel = 0; channel < channels; channel++) {
            const float *row = weight + (window * channels + channel) * outputs;
            for (int output = 0; output < outputs; output++) {
                map.slope(at.input_site * channels + channel, at.site * outputs + output) = row[output];
            }
        }
    });
    return map;
}

}  // namespace

MomentLayer locally_connected() {
    return {"locally_connected", map_of};
}

}  // namespace fsd::analysis::moment_layers
