// Samples of pooled features with their classes.
#pragma once

#include "runtime/tensor.h"

#include <string>
#include <vector>

namespace fsd::analysis {

struct PooledSet {
    Tensor features;          // float32 [sample, feature], dense, finite
    std::vector<int> labels;  // one per sample, from 0
    std::string source;       // for people

    int samples() const { return shape_of(features)[0]; }
    int width() const { return shape_of(features)[1]; }
    const float *row(int sample) const {
        return static_cast<const float *>(features.data()) + static_cast<std::size_t>(sample) * width();
    }
};

// Throws Error(bad_input) that says what is wrong: axes, no samples, a number of labels that is not that of
// the samples, a label that is none of `classes`, a number that is not finite.
void check(const PooledSet &set, int classes);

}  // namespace fsd::analysis
