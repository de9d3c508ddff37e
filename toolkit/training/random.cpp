// SplitMix64 (Steele, Lea, Flood 2014) used as a hash of the counter.
#include "toolkit/training/random.h"

#include <cmath>
#include <utility>

namespace fsd {
namespace {

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;

std::uint64_t mixed(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    return bits ^ (bits >> 31);
}

// The high 64 bits of a 128-bit product.
std::uint64_t high_product(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t a_high = a >> 32, a_low = a & 0xffffffff, b_high = b >> 32, b_low = b & 0xffffffff;
    const std::uint64_t middle = a_high * b_low + (a_low * b_low >> 32);
    const std::uint64_t carry = a_low * b_high + (middle & 0xffffffff);
    return a_high * b_high + (middle >> 32) + (carry >> 32);
}

// In (0, 1): 53 bits and a half, so that the logarithm is finite.
double unit(std::uint64_t bits) {
    return (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;
}

}  // namespace

Random::Random(std::uint64_t seed, Stream stream, std::uint64_t section)
    : key_(mixed(mixed(mixed(seed + golden) + static_cast<std::uint64_t>(stream) + golden) + section +
                 golden)) {}

std::uint64_t Random::bits(std::uint64_t counter) const {
    return mixed(key_ + (counter + 1) * golden);
}

std::uint64_t Random::below(std::uint64_t bound, std::uint64_t counter) const {
    return high_product(bits(counter), bound);
}

double Random::symmetric(std::uint64_t counter) const {
    return 2 * unit(bits(counter)) - 1;
}

double Random::normal(std::uint64_t counter) const {
    constexpr double two_pi = 6.283185307179586;
    const double radius = std::sqrt(-2 * std::log(unit(bits(2 * counter))));
    return radius * std::cos(two_pi * unit(bits(2 * counter + 1)));
}

void Random::shuffle(std::vector<int> &numbers) const {
    for (std::size_t left = numbers.size(); left > 1; left--) {
        std::swap(numbers[left - 1], numbers[below(left, left)]);
    }
}

}  // namespace fsd
