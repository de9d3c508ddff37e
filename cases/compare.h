// Compares what a kernel found with the float64 reference.
#pragma once

#include "cases/draw.h"

namespace fsd::testing {

// The element that is farthest off, relative to its tolerance.
struct Mismatch {
    double ratio =
        0;  // error / tolerance: at most 1 passes; infinite where one side is NaN and the other is not
    std::string sentence;  // names output, element, both values
};

// `problem` holds the reference's outputs. The worst of all outputs of the kernel that ran on `placement`.
Mismatch compare(const Case &described, const Problem &problem, const Placement &placement);

}  // namespace fsd::testing
