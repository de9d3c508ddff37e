// Shapes of the operators that make an input of pixels.
#pragma once

#include "cases/case.h"

namespace fsd::testing {

// Gray and RGB in rows of less than a vector, of vectors and of more; other numbers of colors.
inline std::vector<Extents> pixel_shapes() {
    return {
        {{"sample", 1}, {"y", 1}, {"x", 1}, {"color", 1}},
        {{"sample", 3}, {"y", 5}, {"x", 28}, {"color", 1}},
        {{"sample", 2}, {"y", 3}, {"x", 17}, {"color", 3}},
        {{"sample", 1}, {"y", 32}, {"x", 32}, {"color", 3}},
        {{"sample", 2}, {"y", 2}, {"x", 33}, {"color", 2}},
        {{"sample", 1}, {"y", 1}, {"x", 5}, {"color", 37}},
    };
}

// Batches of digits and of small photos.
inline std::vector<Extents> pixel_bench_shapes() {
    return {
        {{"sample", 64}, {"y", 28}, {"x", 28}, {"color", 1}},
        {{"sample", 64}, {"y", 32}, {"x", 32}, {"color", 3}},
    };
}

}  // namespace fsd::testing
