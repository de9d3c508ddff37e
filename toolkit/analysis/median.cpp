// By sorting: the lists are short.
#include "toolkit/analysis/median.h"

#include <algorithm>

namespace fsd::analysis {

std::optional<double> median(std::vector<double> numbers) {
    if (numbers.empty()) {
        return std::nullopt;
    }
    std::sort(numbers.begin(), numbers.end());
    const std::size_t half = numbers.size() / 2;
    return numbers.size() % 2 == 1 ? numbers[half] : 0.5 * (numbers[half - 1] + numbers[half]);
}

}  // namespace fsd::analysis
