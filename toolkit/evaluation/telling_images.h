// Which images of many are worth a look.
#pragma once

#include "toolkit/evaluation/classification.h"

#include <cstddef>
#include <vector>

namespace fsd {

// At most `most` images that were given another class than their own, those first of whose wrong class the
// network is surest.
std::vector<std::size_t> surest_mistakes(const Classification &result, const std::vector<int> &labels,
                                         std::size_t most);

// At most `most` images, those with the largest entropy of the posterior first.
std::vector<std::size_t> most_uncertain(const Classification &result, std::size_t most);

}  // namespace fsd
