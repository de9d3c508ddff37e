// When is a candidate better? Timings with known noise.
#include "toolkit/tuning/comparison.h"

#include <catch2/catch.hpp>

#include <random>

using namespace fsd::tuning;

namespace {

// Pairs whose candidate takes `ratio` of the best one's time, each with noise of a few percent.
Timings timings(double ratio, double noise, unsigned seed, int pairs = 12) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    Timings all;
    for (int i = 0; i < pairs; i++) {
        all.best.push_back(1e-3 * (1 + noise * normal(random)));
        all.candidate.push_back(1e-3 * ratio * (1 + noise * normal(random)));
    }
    return all;
}

}  // namespace

TEST_CASE("a clear gain is better, and its interval holds the truth", "[tuning]") {
    const Comparison comparison = compare({timings(0.8, 0.01, 1), timings(0.9, 0.01, 2)});
    REQUIRE(comparison.better);
    REQUIRE(comparison.shapes.size() == 2);
    REQUIRE(comparison.shapes[0].middle == Approx(0.8).epsilon(0.02));
    REQUIRE(comparison.all.low < std::sqrt(0.8 * 0.9));
    REQUIRE(comparison.all.high > std::sqrt(0.8 * 0.9));
}

TEST_CASE("equal kernels are hardly ever taken for better ones", "[tuning]") {
    int taken = 0;
    for (unsigned seed = 0; seed < 200; seed++) {
        taken += compare({timings(1, 0.05, seed)}).better ? 1 : 0;
    }
    // Half a percent lies above the interval; 1 % of margin comes on top.
    REQUIRE(taken <= 4);
}

TEST_CASE("a gain on one shape does not pay for a loss on another one", "[tuning]") {
    REQUIRE_FALSE(compare({timings(0.5, 0.01, 1), timings(1.1, 0.01, 2)}).better);
    REQUIRE(compare({timings(0.5, 0.01, 1), timings(1.0, 0.01, 2)}).better);
}

TEST_CASE("differences below what repetition can show count as none", "[tuning]") {
    REQUIRE_FALSE(compare({timings(1 - unseen_noise / 2, 0.0001, 1)}).better);
    REQUIRE(compare({timings(1 - 3 * unseen_noise, 0.0001, 1)}).better);
}

TEST_CASE("single outliers do not decide", "[tuning]") {
    Timings one = timings(1, 0.001, 3);
    one.best[4] = 1;
    one.best[7] = 1;
    REQUIRE_FALSE(compare({one}).better);
}

TEST_CASE("medians of odd, even and single counts", "[tuning]") {
    REQUIRE(median({3, 1, 2}) == 2);
    REQUIRE(median({4, 1, 3, 2}) == 2.5);
    REQUIRE(median({7}) == 7);
}
