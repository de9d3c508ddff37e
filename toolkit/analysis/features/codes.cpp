// Bins by rank, clusters by OpenCV.
#include "toolkit/analysis/features/codes.h"

#include "runtime/error.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace fsd::analysis {
namespace {

// Numbers the codes that occur from 0 on.
Codes renumbered(std::vector<int> code) {
    std::map<int, int> number;
    for (const int value : code) {
        number.emplace(value, 0);
    }
    int count = 0;
    for (auto &[value, place] : number) {
        place = count++;
    }
    for (int &value : code) {
        value = number.at(value);
    }
    return {std::move(code), count};
}

int width_of(const Tensor &features) {
    return static_cast<int>(features.number_of_elements() /
                            static_cast<std::size_t>(shape_of(features).front()));
}

}  // namespace

Codes equal_frequency_codes(const std::vector<double> &numbers, int bins) {
    std::vector<std::size_t> order(numbers.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
    std::vector<int> code(numbers.size());
    for (std::size_t rank = 0; rank < order.size(); rank++) {
        const bool tie = rank > 0 && numbers[order[rank]] == numbers[order[rank - 1]];
        code[order[rank]] = tie ? code[order[rank - 1]]
                                : static_cast<int>(rank * static_cast<std::size_t>(bins) / order.size());
    }
    return renumbered(std::move(code));
}

Codes cluster_codes(const Tensor &features, int clusters, std::uint64_t seed) {
    constexpr int rounds = 10;
    const int samples = shape_of(features).front(), width = width_of(features);
    const cv::Mat rows(samples, width, CV_32F, const_cast<void *>(features.data()));
    const auto *numbers = static_cast<const float *>(features.data());
    std::set<std::vector<float>> different;  // k-means asks for as many samples as clusters that differ
    for (std::ptrdiff_t sample = 0; sample < samples && static_cast<int>(different.size()) < clusters;
         sample++) {
        different.emplace(numbers + sample * width, numbers + (sample + 1) * width);
    }
    cv::theRNG().state = seed + 1;
    cv::Mat labels;
    cv::kmeans(rows, static_cast<int>(different.size()), labels,
               {cv::TermCriteria::COUNT + cv::TermCriteria::EPS, rounds, 1e-4}, 1, cv::KMEANS_PP_CENTERS);
    return renumbered({labels.begin<int>(), labels.end<int>()});
}

Codes codes_of(const Tensor &features, int codes, std::uint64_t seed) {
    if (codes < 2) {
        throw Error(ExitCode::bad_input, text("Numbers become ", codes, " codes; expected 2 or more."));
    }
    if (width_of(features) > 1) {
        return cluster_codes(features, codes, seed);
    }
    const auto *numbers = static_cast<const float *>(features.data());
    return equal_frequency_codes({numbers, numbers + features.number_of_elements()}, codes);
}

}  // namespace fsd::analysis
