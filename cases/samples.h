// What the cases share that reduce samples.
#pragma once

#include "cases/sum_of_products.h"

namespace fsd::testing {

// Their means over the samples.
inline std::vector<double> means_of(const Values &samples) {
    const int count = samples.shape[0], units = samples.shape[1];
    std::vector<double> mean(units);
    for (int sample = 0; sample < count; sample++) {
        for (int unit = 0; unit < units; unit++) {
            mean[unit] += samples(sample, unit) / count;
        }
    }
    return mean;
}

// Units around a block's width, samples around a part's length.
inline std::vector<Extents> sample_shapes() {
    std::vector<Extents> shapes;
    for (const int units : {1, 2, 7, 23, 24, 25, 49, 73}) {
        shapes.push_back({{"sample", 129}, {"unit", units}, {"other", units}});
    }
    for (const int samples : {1, 2, 127, 128, 257, 1000}) {
        shapes.push_back({{"sample", samples}, {"unit", 5}, {"other", 5}});
    }
    return shapes;
}

}  // namespace fsd::testing
