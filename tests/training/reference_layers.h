// The layers that can be trained, in float64 over a whole batch: loops over the definitions, nothing shared
// with the kernels.
#pragma once

#include "toolkit/training/layers/trainable_layer.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fsd::testing {

// A batch of activations, [sample, y, x, channel]; channel = group * states + state.
struct Maps {
    int samples = 0;
    Shape shape;  // y, x, group, state
    std::vector<double> values;

    Maps(int count, Shape extents)
        : samples(count), shape(std::move(extents)), values(count * element_count(shape)) {}

    int channels() const { return shape[2] * shape[3]; }
    std::size_t sites() const { return values.size() / channels(); }
    bool holds(int y, int x) const { return y >= 0 && y < shape[0] && x >= 0 && x < shape[1]; }
    const double &at(int sample, int y, int x, int channel) const {
        return values[((std::size_t(sample) * shape[0] + y) * shape[1] + x) * channels() + channel];
    }
    double &at(int sample, int y, int x, int channel) {
        return const_cast<double &>(std::as_const(*this).at(sample, y, x, channel));
    }
};

using RawNumbers = std::map<std::string, std::vector<double>>;  // by role

// What the layer gives during training.
Maps reference_layer(const LayerSite &site, const RawNumbers &numbers, const Maps &input);

// row[i] -= LSE of the row, for rows of `count` numbers `step` apart.
void log_normalize_row(double *row, int count, int step);

}  // namespace fsd::testing
