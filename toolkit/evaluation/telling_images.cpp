// Sorts indices by a number of each image; equal ones keep their order.
#include "toolkit/evaluation/telling_images.h"

#include <algorithm>
#include <numeric>

namespace fsd {
namespace {

template<typename Number>
std::vector<std::size_t> largest_first(std::vector<std::size_t> images, std::size_t most, Number number) {
    std::stable_sort(images.begin(), images.end(),
                     [&](std::size_t one, std::size_t other) { return number(one) > number(other); });
    images.resize(std::min(images.size(), most));
    return images;
}

}  // namespace

std::vector<std::size_t> surest_mistakes(const Classification &result, const std::vector<int> &labels,
                                         std::size_t most) {
    std::vector<std::size_t> wrong;
    for (std::size_t i = 0; i < result.images.size(); i++) {
        if (labels[i] >= 0 && result.images[i].ranking.front().label != labels[i]) {
            wrong.push_back(i);
        }
    }
    return largest_first(wrong, most,
                         [&](std::size_t i) { return result.images[i].ranking.front().probability; });
}

std::vector<std::size_t> most_uncertain(const Classification &result, std::size_t most) {
    std::vector<std::size_t> all(result.images.size());
    std::iota(all.begin(), all.end(), 0);
    return largest_first(all, most, [&](std::size_t i) { return result.images[i].entropy; });
}

}  // namespace fsd
