// A tolerance that the reference derives from the data: the largest bound over all elements.
#pragma once

#include "cases/case.h"

#include <algorithm>

namespace fsd::testing {

// Called by references for each element with the bound of its float32 error.
inline void allow_error(Problem &problem, double bound) {
    double &largest = problem.scalars["error bound"];
    largest = std::max(largest, bound);
}

// The tolerance of such cases.
inline double allowed_error(const Problem &problem, const std::string &, double) {
    return problem.scalars.at("error bound");
}

// The same for each output by itself.
inline void allow_error(Problem &problem, const std::string &output, double bound) {
    double &largest = problem.scalars["error bound of " + output];
    largest = std::max(largest, bound);
}
inline double allowed_error_of_output(const Problem &problem, const std::string &output, double) {
    return problem.scalars.at("error bound of " + output);
}

}  // namespace fsd::testing
