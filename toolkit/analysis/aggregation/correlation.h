// How two lists of numbers go together.
#pragma once

#include <optional>
#include <vector>

namespace fsd::analysis {

// Pearson's r, from -1 to 1. Nothing where there are fewer than two pairs, one list is constant or a number
// is not finite. Throws Error(bad_input) where the lists are not equally long.
std::optional<double> pearson(const std::vector<double> &x, const std::vector<double> &y);

// Pearson's r of the ranks; equal numbers share their mean rank.
std::optional<double> spearman(const std::vector<double> &x, const std::vector<double> &y);

// The middle of the numbers, or the mean of the two in the middle. Nothing where there are none.
std::optional<double> median_of(std::vector<double> numbers);

}  // namespace fsd::analysis
