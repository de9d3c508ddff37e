// Permuted and resampled samples: what a number would be by chance, and how far it may be off.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <vector>

namespace fsd::analysis {

struct ResamplingOptions {
    int permutations = 20, bootstraps = 20;  // 0: none
    std::uint64_t seed = 0;
};

// Mean and the range that holds 95 % of the draws (by linear interpolation between them).
struct Band {
    double mean = 0, low = 0, high = 0;
    int draws = 0;
};

std::optional<Band> band_of(std::vector<double> draws);

// Random orders and draws; the same for the same seed everywhere.
class Resampler {
public:
    explicit Resampler(std::uint64_t seed) : random_(seed) {}

    std::vector<int> permuted(std::vector<int> numbers);
    // As many indices below `count`, with replacement.
    std::vector<int> drawn(int count);

private:
    std::mt19937_64 random_;
};

// Bands of several numbers, e.g. singular values: draw() gives all of them.
std::vector<Band> bands_of(int draws, const std::function<std::vector<double>()> &draw);

}  // namespace fsd::analysis
