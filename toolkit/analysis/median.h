// The middle of numbers.
#pragma once

#include <optional>
#include <vector>

namespace fsd::analysis {

// The middle of the numbers, or the mean of the two in the middle. Nothing where there are none.
std::optional<double> median(std::vector<double> numbers);

}  // namespace fsd::analysis
