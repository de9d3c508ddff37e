// The smallest value of a smooth function in float64, by L-BFGS: for problems of some hundred numbers.
#pragma once

#include "toolkit/analysis/matrix.h"

#include <functional>

namespace fsd::experiments {

// Gives the value and writes the gradient.
using Objective = std::function<double(const analysis::Vector &at, analysis::Vector &gradient)>;

// From `start` until the gradient's largest number is at most `tolerance` or nothing gets better.
analysis::Vector minimize(const Objective &objective, analysis::Vector start, int most_steps = 3000,
                          double tolerance = 1e-11);

}  // namespace fsd::experiments
