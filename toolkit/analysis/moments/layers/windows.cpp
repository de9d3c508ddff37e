// Loops over windows, from the layer's attributes.
#include "toolkit/analysis/moments/layers/windows.h"

namespace fsd::analysis {
namespace {

struct Windows {
    int extent_y, extent_x, stride_y, stride_x, padding_y, padding_x;
};

void visit_all(const MomentPlace &place, const Windows &windows,
               const std::function<void(const WindowPlace &)> &visit) {
    const int rows = place.output[0], columns = place.output[1], height = place.input[0],
              width = place.input[1];
    for (int site = 0; site < rows * columns; site++) {
        const int top = site / columns * windows.stride_y - windows.padding_y;
        const int left = site % columns * windows.stride_x - windows.padding_x;
        for (int y = 0; y < windows.extent_y; y++) {
            for (int x = 0; x < windows.extent_x; x++) {
                const bool inside = top + y >= 0 && top + y < height && left + x >= 0 && left + x < width;
                if (inside) {
                    visit({site, (top + y) * width + left + x, y, x});
                }
            }
        }
    }
}

}  // namespace

void for_each_window_place(const MomentPlace &place, const std::function<void(const WindowPlace &)> &visit) {
    const Layer &layer = place.layer();
    visit_all(place,
              {layer.attribute("window_y"), layer.attribute("window_x"), layer.attribute("stride_y"),
               layer.attribute("stride_x"), layer.attribute("padding_y"), layer.attribute("padding_x")},
              visit);
}

void for_each_pool_place(const MomentPlace &place, const std::function<void(const WindowPlace &)> &visit) {
    const Layer &layer = place.layer();
    visit_all(place,
              {layer.attribute("pool_window_y"), layer.attribute("pool_window_x"),
               layer.attribute("pool_stride_y"), layer.attribute("pool_stride_x"), 0, 0},
              visit);
}

std::vector<std::vector<int>> pool_windows(const MomentPlace &place) {
    const int channels = place.channels();
    std::vector<std::vector<int>> windows(static_cast<std::size_t>(place.outputs()));
    for_each_pool_place(place, [&](const WindowPlace &at) {
        for (int channel = 0; channel < channels; channel++) {
            windows[static_cast<std::size_t>(at.site) * channels + channel].push_back(
                at.input_site * channels + channel);
        }
    });
    return windows;
}

AffineMap mean_pool(const MomentPlace &place) {
    AffineMap map{Matrix::Zero(place.inputs(), place.outputs()), {}, Vector::Zero(place.outputs())};
    const std::vector<std::vector<int>> windows = pool_windows(place);
    for (std::size_t output = 0; output < windows.size(); output++) {
        for (const int input : windows[output]) {
            map.slope(input, static_cast<Eigen::Index>(output)) =
                1. / static_cast<double>(windows[output].size());
        }
    }
    return map;
}

AffineMap evidence(const MomentPlace &place, bool whole_map) {
    const int channels = place.channels(), outputs = place.output[2] * place.output[3];
    const int width = whole_map ? place.input[1] : place.layer().attribute("window_x");
    const double observations = place.numbers("observations")[0];
    const float *filters = place.numbers("log_likelihood"), *prior = place.numbers("log_prior");
    AffineMap map{Matrix::Zero(place.inputs(), place.outputs()), {}, Vector(place.outputs())};
    for (int unit = 0; unit < place.outputs(); unit++) {
        map.offset[unit] = prior[unit % outputs];
    }
    const auto visit = [&](const WindowPlace &at) {
        const std::size_t window = static_cast<std::size_t>(at.window_y) * width + at.window_x;
        for (int channel = 0; channel < channels; channel++) {
            const float *row = filters + (window * channels + channel) * outputs;
            for (int output = 0; output < outputs; output++) {
                map.slope(at.input_site * channels + channel, at.site * outputs + output) =
                    observations * row[output];
            }
        }
    };
    if (whole_map) {
        for (int site = 0; site < place.input[0] * place.input[1]; site++) {
            visit({0, site, site / width, site % width});
        }
    } else {
        for_each_window_place(place, visit);
    }
    return map;
}

}  // namespace fsd::analysis
