// exponential, logarithm and error function against float64 over every float of their ranges, on every
// instruction set. In ctest a day's run takes a part of the floats (tests/todays_turn.h), a block of each
// so many.
#include "runtime/instruction_set.h"
#include "tests/todays_turn.h"

#include "error_function_avx2.h"
#include "error_function_avx512.h"
#include "error_function_baseline.h"
#include "exponential_avx2.h"
#include "exponential_avx512.h"
#include "exponential_baseline.h"
#include "exponential_in_sum_avx2.h"
#include "exponential_in_sum_avx512.h"
#include "exponential_in_sum_baseline.h"
#include "exponential_of_nonpositive_avx2.h"
#include "exponential_of_nonpositive_avx512.h"
#include "exponential_of_nonpositive_baseline.h"
#include "logarithm_avx2.h"
#include "logarithm_avx512.h"
#include "logarithm_baseline.h"
#include "logarithm_from_1_avx2.h"
#include "logarithm_from_1_avx512.h"
#include "logarithm_from_1_baseline.h"

#include "HalideBuffer.h"
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iostream>
#include <iterator>
#include <limits>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using namespace fsd;
using fsd::testing::todays_turn;

namespace {

using Kernel = int (*)(halide_buffer_t *, halide_buffer_t *);
using Oracle = double (*)(double);

// One function compiled for one instruction set.
struct Variant {
    std::string instruction_set;
    Kernel kernel;
};

std::vector<Variant> runnable(const std::vector<Variant> &variants) {
    const std::vector<std::string> sets = instruction_sets();
    std::vector<Variant> found;
    std::copy_if(variants.begin(), variants.end(), std::back_inserter(found), [&](const Variant &variant) {
        return std::count(sets.begin(), sets.end(), variant.instruction_set) > 0;
    });
    return found;
}

const std::vector<Variant> exponentials = runnable(
    {{"avx512", exponential_avx512}, {"avx2", exponential_avx2}, {"baseline", exponential_baseline}});
const std::vector<Variant> exponentials_of_nonpositive =
    runnable({{"avx512", exponential_of_nonpositive_avx512},
              {"avx2", exponential_of_nonpositive_avx2},
              {"baseline", exponential_of_nonpositive_baseline}});
const std::vector<Variant> exponentials_in_sum = runnable({{"avx512", exponential_in_sum_avx512},
                                                           {"avx2", exponential_in_sum_avx2},
                                                           {"baseline", exponential_in_sum_baseline}});
const std::vector<Variant> logarithms =
    runnable({{"avx512", logarithm_avx512}, {"avx2", logarithm_avx2}, {"baseline", logarithm_baseline}});
const std::vector<Variant> logarithms_from_1 = runnable({{"avx512", logarithm_from_1_avx512},
                                                         {"avx2", logarithm_from_1_avx2},
                                                         {"baseline", logarithm_from_1_baseline}});

const std::vector<Variant> error_functions = runnable({{"avx512", error_function_avx512},
                                                       {"avx2", error_function_avx2},
                                                       {"baseline", error_function_baseline}});

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float smallest_normal = std::numeric_limits<float>::min();

uint32_t bits_of(float value) {
    uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

float float_of(uint32_t bits) {
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

std::vector<float> apply(Kernel kernel, std::vector<float> arguments) {
    std::vector<float> values(arguments.size());
    Halide::Runtime::Buffer<float, 1> argument(arguments.data(), static_cast<int>(arguments.size()));
    Halide::Runtime::Buffer<float, 1> value(values.data(), static_cast<int>(values.size()));
    REQUIRE(kernel(argument, value) == 0);
    return values;
}

// 1 / the distance of floats at a number of this size: turns an error into units of the last place.
double places_per_unit(double exact) {
    uint64_t bits = 0;
    std::memcpy(&bits, &exact, sizeof bits);
    const uint64_t exponent = std::max<uint64_t>((bits >> 52) & 0x7ff, 1023 - 126);
    bits = (2046 - exponent + 23) << 52;
    double places = 0;
    std::memcpy(&places, &bits, sizeof bits);
    return places;
}

// Units of the last place that a result may be off.
using Allowed = double (*)(double argument);

struct Worst {
    double ulps = 0;  // times as many as allowed
    float argument = 0;

    void merge(const Worst &other) {
        if (!(other.ulps <= ulps)) {
            *this = other;
        }
    }
};

// One worker's share of a block: floats with consecutive bits, and their exact values.
struct Slice {
    std::vector<float> arguments, values;
    std::vector<double> exact, places;
    std::vector<Worst> worst;  // of each variant

    void start(uint32_t first, uint32_t count, Oracle oracle) {
        arguments.resize(count);
        values.resize(count);
        exact.resize(count);
        places.resize(count);
        for (uint32_t i = 0; i < count; i++) {
            arguments[i] = float_of(first + i);
            exact[i] = oracle(arguments[i]);
            places[i] = places_per_unit(exact[i]);
        }
    }

    void compare(Kernel kernel, Allowed allowed, Worst &so_far) {
        Halide::Runtime::Buffer<float, 1> argument(arguments.data(), static_cast<int>(arguments.size()));
        Halide::Runtime::Buffer<float, 1> value(values.data(), static_cast<int>(values.size()));
        if (kernel(argument, value) != 0) {
            so_far.ulps = std::numeric_limits<double>::infinity();
        }
        for (std::size_t i = 0; i < values.size(); i++) {
            const double ulps = std::fabs(values[i] - exact[i]) * places[i] / allowed(arguments[i]);
            if (!(ulps <= so_far.ulps)) {
                so_far = {ulps, arguments[i]};
            }
        }
    }
};

template<typename Work>
void on_all_threads(std::vector<Slice> &slices, Work work) {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < slices.size(); i++) {
        threads.emplace_back([&, i] { work(slices[i], i); });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
}

// The worst error of every variant over the floats with bits in [first, last], a block at a time.
std::vector<Worst> worst_errors(const std::vector<Variant> &variants, Oracle oracle, Allowed allowed,
                                uint32_t first, uint32_t last) {
    std::vector<Slice> slices(std::max(1u, std::thread::hardware_concurrency()));
    const uint64_t share = 1 << 16;
    const uint64_t end = uint64_t(last) + 1;
    for (Slice &slice : slices) {
        slice.worst.resize(variants.size());
    }
    on_all_threads(slices, [&](Slice &slice, std::size_t i) {
        for (uint64_t from = first + i * share; from < end; from += share * slices.size()) {
            if (!todays_turn((from - first) / share)) {
                continue;
            }
            const uint64_t to = std::min(from + share, end);
            slice.start(static_cast<uint32_t>(from), static_cast<uint32_t>(to - from), oracle);
            for (std::size_t v = 0; v < variants.size(); v++) {
                slice.compare(variants[v].kernel, allowed, slice.worst[v]);
            }
        }
    });
    std::vector<Worst> worst(variants.size());
    for (const Slice &slice : slices) {
        for (std::size_t v = 0; v < variants.size(); v++) {
            worst[v].merge(slice.worst[v]);
        }
    }
    return worst;
}

void require_at_most(Allowed allowed, const std::vector<Variant> &variants, Oracle oracle, float first,
                     float last) {
    const std::vector<Worst> worst = worst_errors(variants, oracle, allowed, bits_of(first), bits_of(last));
    for (std::size_t v = 0; v < worst.size(); v++) {
        std::ostringstream found;
        found << first << " to " << last << " on " << variants[v].instruction_set << ": at most "
              << worst[v].ulps << " of the ULP allowed, at " << worst[v].argument;
        std::cout << found.str() << "\n";
        INFO(found.str());
        REQUIRE(worst[v].ulps <= 1);
    }
}

double one_ulp(double) {
    return 1;
}

void require_at_most_one_ulp(const std::vector<Variant> &variants, Oracle oracle, float first, float last) {
    require_at_most(one_ulp, variants, oracle, first, last);
}

// The polynomial 0.9 and the roundings 1.2 at most; the product with log2 e is rounded, and so is log2 e,
// which the argument magnifies.
double ulps_in_sum(double x) {
    return 2.1 + 1.3 * std::fabs(x);
}

double ulps_of_error_function(double) {
    return 1.2;
}

double exact_error_function(double x) {
    return std::erf(x);
}

double exact_exponential(double x) {
    return std::exp(x);
}

double exact_logarithm(double x) {
    return std::log(x);
}

}  // namespace

TEST_CASE("exponential is within 1 ULP for every float whose exponential is a normal number",
          "[log_space][rotates]") {
    require_at_most_one_ulp(exponentials, exact_exponential, -0.f, -0x1.5d589ep+6f);
    require_at_most_one_ulp(exponentials, exact_exponential, 0.f, 0x1.62e42ep+6f);
    require_at_most_one_ulp(exponentials_of_nonpositive, exact_exponential, -0.f, -0x1.5d589ep+6f);
}

TEST_CASE("logarithm is within 1 ULP for every positive float", "[log_space][rotates]") {
    std::vector<Variant> both = logarithms;
    both.insert(both.end(), logarithms_from_1.begin(), logarithms_from_1.end());
    require_at_most_one_ulp(logarithms, exact_logarithm, smallest_normal, std::nextafter(1.f, 0.f));
    require_at_most_one_ulp(both, exact_logarithm, 1.f, std::numeric_limits<float>::max());
    require_at_most_one_ulp(logarithms, exact_logarithm, float_of(1), float_of(bits_of(smallest_normal) - 1));
}

TEST_CASE("exponential is 0 below and infinite above the range of normal results", "[log_space][rotates]") {
    for (const Variant &variant : exponentials) {
        INFO(variant.instruction_set);
        REQUIRE(apply(variant.kernel, {-infinity, -0x1.5d58ap+6f, -104.f, -1e30f}) ==
                std::vector<float>(4, 0));
        REQUIRE(apply(variant.kernel, {infinity, 0x1.62e43p+6f, 1e30f}) == std::vector<float>(3, infinity));
        REQUIRE(apply(variant.kernel, {0.f, -0.f, 1e-40f}) == std::vector<float>(3, 1));
    }
}

TEST_CASE("exponential of numbers up to 0 is 0 below the range of normal results, 1 at 0",
          "[log_space][rotates]") {
    for (const Variant &variant : exponentials_of_nonpositive) {
        INFO(variant.instruction_set);
        REQUIRE(apply(variant.kernel, {-infinity, -0x1.5d58ap+6f, -104.f, -1e30f}) ==
                std::vector<float>(4, 0));
        REQUIRE(apply(variant.kernel, {0.f, -0.f, -1e-40f}) == std::vector<float>(3, 1));
    }
}

TEST_CASE("exponential in a sum is close for numbers near 0, negligible below -86, 1 at 0",
          "[log_space][rotates]") {
    require_at_most(ulps_in_sum, exponentials_in_sum, exact_exponential, -0.f, -86.f);
    for (const Variant &variant : exponentials_in_sum) {
        INFO(variant.instruction_set);
        REQUIRE(apply(variant.kernel, {0.f, -0.f, -1e-40f}) == std::vector<float>(3, 1));
        for (const float value : apply(variant.kernel, {-infinity, -0x1.58p+6f - 1, -104.f, -1e30f})) {
            REQUIRE(value >= 0);
            REQUIRE(value < 0x1p-124f);
        }
    }
}

TEST_CASE("logarithm is -inf at 0, +inf at +inf and NaN for negative numbers", "[log_space][rotates]") {
    for (const Variant &variant : logarithms) {
        INFO(variant.instruction_set);
        REQUIRE(apply(variant.kernel, {0.f, -0.f}) == std::vector<float>(2, -infinity));
        REQUIRE(apply(variant.kernel, {1.f, infinity}) == std::vector<float>({0, infinity}));
        for (const float value : apply(variant.kernel, {-infinity, -1.f, -1e-45f, -smallest_normal})) {
            REQUIRE(std::isnan(value));
        }
    }
}

TEST_CASE("the error function is within 1.2 ULP", "[log_space][rotates]") {
    require_at_most(ulps_of_error_function, error_functions, exact_error_function, 0x1p-12f, 4.f);
    // Proportional to its argument from there down.
    for (float size = 0x1p-12f; size >= smallest_normal; size /= 2) {
        require_at_most(ulps_of_error_function, error_functions, exact_error_function, size,
                        std::nextafter(size, 1.f));
    }
}

TEST_CASE("the error function is odd, keeps the sign of 0 and ends at 1", "[log_space][rotates]") {
    for (const Variant &variant : error_functions) {
        INFO(variant.instruction_set);
        std::vector<float> sizes{0.f, 1e-40f, 1e-30f, 1e-5f, 0.84374994f, 0.84375f, 0.84375006f, 1.f, 3.9f};
        const std::vector<float> values = apply(variant.kernel, sizes);
        for (float &size : sizes) {
            size = -size;
        }
        const std::vector<float> mirrored = apply(variant.kernel, sizes);
        for (std::size_t i = 0; i < sizes.size(); i++) {
            REQUIRE(bits_of(mirrored[i]) == (bits_of(values[i]) | 0x80000000u));
        }
        REQUIRE(apply(variant.kernel, {3.92f, 4.f, 5.f, 1e30f, infinity}) == std::vector<float>(5, 1));
    }
}

TEST_CASE("every NaN, whatever its payload, stays NaN", "[log_space][rotates]") {
    std::vector<float> payloads;
    for (uint32_t payload = 1; payload < (1u << 23); payload += 4099) {
        payloads.push_back(float_of(0x7f800000u + payload));
        payloads.push_back(float_of(0xff800000u + payload));
    }
    for (const auto &variants : {exponentials, exponentials_of_nonpositive, exponentials_in_sum, logarithms,
                                 logarithms_from_1, error_functions}) {
        for (const Variant &variant : variants) {
            INFO(variant.instruction_set);
            const std::vector<float> values = apply(variant.kernel, payloads);
            for (std::size_t i = 0; i < values.size(); i++) {
                INFO("bits " << std::hex << bits_of(payloads[i]) << ", found " << bits_of(values[i]));
                REQUIRE(std::isnan(values[i]));
            }
        }
    }
}
