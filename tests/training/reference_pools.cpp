// Mean, maximum, or mean in the log domain over the sites of a window that are inside of the map.
#include "tests/training/reference_pools.h"

#include <algorithm>
#include <cmath>

namespace fsd::testing {
namespace {

std::vector<double> window_of(const Layer &pool, const Maps &input, int sample, int y, int x, int channel) {
    const int top = y * pool.attribute("pool_stride_y"), left = x * pool.attribute("pool_stride_x");
    const int bottom = std::min(top + pool.attribute("pool_window_y"), input.shape[0]);
    const int right = std::min(left + pool.attribute("pool_window_x"), input.shape[1]);
    std::vector<double> numbers;
    for (int row = top; row < bottom; row++) {
        for (int column = left; column < right; column++) {
            numbers.push_back(input.at(sample, row, column, channel));
        }
    }
    return numbers;
}

double pooled(const std::string &op, const std::vector<double> &numbers) {
    const auto count = static_cast<double>(numbers.size());
    double sum = 0, mass = 0;
    for (const double number : numbers) {
        sum += number;
        mass += std::exp(number);
    }
    if (op == "log_marginal_pool") {
        return std::log(mass / count);
    }
    return op == "marginal_pool" || op == "average_pool" ? sum / count
                                                         : *std::max_element(numbers.begin(), numbers.end());
}

// Each group divided by its sum.
void renormalize(Maps &maps) {
    const int states = maps.shape[3];
    for (auto group = maps.values.begin(); group != maps.values.end(); group += states) {
        double sum = 0;
        std::for_each(group, group + states, [&](double p) { sum += p; });
        std::for_each(group, group + states, [&](double &p) { p /= sum; });
    }
}

}  // namespace

Maps reference_pool(const LayerSite &site, const Maps &input) {
    const Layer &layer = site.layer();
    Maps out(input.samples, site.output.shape);
    for (int sample = 0; sample < out.samples; sample++) {
        for (int y = 0; y < out.shape[0]; y++) {
            for (int x = 0; x < out.shape[1]; x++) {
                for (int channel = 0; channel < out.channels(); channel++) {
                    out.at(sample, y, x, channel) =
                        pooled(layer.op, window_of(layer, input, sample, y, x, channel));
                }
            }
        }
    }
    if (layer.op == "renormalized_max_pool") {
        renormalize(out);
    }
    return out;
}

}  // namespace fsd::testing
