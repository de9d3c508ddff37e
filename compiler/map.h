// What a layer of a compiled network gives: probabilities (or their logarithms) at the sites of a map of
// constant size.
#pragma once

#include "Halide.h"

namespace fsd::compiler {

struct StageMap {
    Halide::Func values;  // channel = state + states * group, x, y, sample
    int width = 0;
    int height = 0;
    int groups = 0;
    int states = 0;

    int channels() const { return groups * states; }
    int sites() const { return width * height; }
};

}  // namespace fsd::compiler
