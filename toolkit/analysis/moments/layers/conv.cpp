// conv: products with a window, a group of channels with its own.
#include "toolkit/analysis/moments/layers/windows.h"

namespace fsd::analysis::moment_layers {

namespace {

AffineMap map_of(const MomentPlace &place) {
    const int channels = place.channels(), outputs = place.output[3] * place.output[2];
    const int groups = place.layer().attribute("groups"), read = channels / groups, given = outputs / groups;
    const int width = place.layer().attribute("window_x");
    const float *weight = place.numbers("weight"), *bias = place.numbers("bias");
    AffineMap map{Matrix::Zero(place.inputs(), place.outputs()), {}, Vector(place.outputs())};
    for (int unit = 0; unit < place.outputs(); unit++) {
        map.offset[unit] = bias[unit % outputs];
    }
    for_each_window_place(place, [&](const WindowPlace &at) {
        const std::size_t window = static_cast<std::size_t>(at.window_y) * width + at.window_x;
        for (int channel = 0; channel < read; channel++) {
            const float *row = weight + (window * read + channel) * outputs;
            for (int output = 0; output < outputs; output++) {
                const int input = output / given * read + channel;
                map.slope(at.input_site * channels + input, at.site * outputs + output) = row[output];
            }
        }
    });
    return map;
}

}  // namespace

MomentLayer conv() {
    return {"conv", map_of};
}

}  // namespace fsd::analysis::moment_layers
