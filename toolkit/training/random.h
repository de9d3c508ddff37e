// Counter-based random numbers: each number is a function of seed, stream and counter alone, so nothing needs
// to be saved and resuming or threading cannot change a draw. The standard library's distributions are not
// used: they differ between implementations.
#pragma once

#include <cstdint>
#include <vector>

namespace fsd {

// What a number is drawn for; draws of different streams are independent.
enum class Stream : std::uint64_t { parameters, order, shift, flip, holdout, warp, unobserved, noise };

class Random {
public:
    // `section` tells apart parts of a stream, e.g. epochs.
    Random(std::uint64_t seed, Stream stream, std::uint64_t section = 0);

    std::uint64_t bits(std::uint64_t counter) const;

    // Uniform in 0 .. bound - 1; the bias is below bound / 2^64.
    std::uint64_t below(std::uint64_t bound, std::uint64_t counter) const;

    // Uniform in -1 .. 1.
    double symmetric(std::uint64_t counter) const;

    // Normal with mean 0 and standard deviation 1, by the Box-Muller transform.
    double normal(std::uint64_t counter) const;

    // A uniformly drawn permutation of 0 .. count - 1, by Fisher and Yates.
    void shuffle(std::vector<int> &numbers) const;

private:
    std::uint64_t key_;
};

}  // namespace fsd
