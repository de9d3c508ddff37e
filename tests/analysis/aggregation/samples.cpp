// What is measured on samples: distances, divergences, correlations.
#include "runtime/error.h"
#include "toolkit/analysis/aggregation/correlation.h"
#include "toolkit/analysis/aggregation/effective_number.h"
#include "toolkit/analysis/aggregation/kolmogorov_smirnov.h"
#include "toolkit/analysis/aggregation/measured_divergence.h"
#include "toolkit/analysis/median.h"

#include <catch2/catch.hpp>

#include <random>

using namespace fsd;
using namespace fsd::analysis;

namespace {

using Numbers = std::vector<double>;

Numbers normal(int count, double mean, unsigned seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> draw(mean);
    Numbers numbers(count);
    for (double &number : numbers) {
        number = draw(random);
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

double share(double x) {
    return std::clamp(x, 0., 1.);
}

}  // namespace

TEST_CASE("the Kolmogorov-Smirnov distance of a few numbers is known", "[aggregation]") {
    REQUIRE(kolmogorov_smirnov({0.5}, share) == Approx(0.5));
    REQUIRE(kolmogorov_smirnov({0.25, 0.75}, share) == Approx(0.25));
    REQUIRE(kolmogorov_smirnov({0.9, 0.9}, share) == Approx(0.9));
    // Three zeros of four, as the distribution has them: the step is no distance.
    const auto at = [](double x) { return x < 0 ? 0 : 0.75 + 0.25 * share(x); };
    const auto below = [&](double x) { return x <= 0 ? 0 : at(x); };
    REQUIRE(kolmogorov_smirnov({0, 0, 0, 0.5}, at, below) == Approx(0.125));
    REQUIRE(kolmogorov_smirnov({0, 0, 0, 0.5}, at) == Approx(0.75));
}

TEST_CASE("nearest neighbors measure the divergence of normal distributions", "[aggregation]") {
    for (const double distance : {0.7, 1.5, 2.}) {
        INFO(distance);
        const MeasuredDivergence found = measured_divergence(normal(2000, 0, 1), normal(18000, distance, 2));
        REQUIRE(found.measured);
        REQUIRE_FALSE(found.saturated);
        REQUIRE_FALSE(found.histogram);
        REQUIRE(found.nats == Approx(distance * distance / 2).epsilon(0.1));
    }
}

TEST_CASE("a divergence beyond what the samples can tell says so", "[aggregation]") {
    const MeasuredDivergence found = measured_divergence(normal(1000, 0, 1), normal(9000, 4, 2));
    REQUIRE(found.saturated);
    REQUIRE(found.nats < 7);  // the true one is 8
    REQUIRE(saturation_limit(9000) == Approx(2.5).margin(0.05));
}

TEST_CASE("ties do not become a divergence", "[aggregation]") {
    Numbers f = normal(2000, 0, 1), g = normal(18000, 1, 2);
    for (Numbers *numbers : {&f, &g}) {
        for (double &number : *numbers) {
            number = std::round(number * 16) / 16;
        }
    }
    const MeasuredDivergence found = measured_divergence(f, g);
    REQUIRE(found.histogram);
    REQUIRE(found.nats == Approx(0.5).epsilon(0.15));
    const Numbers constant(100, 3.);
    REQUIRE(measured_divergence(constant, constant).nats == Approx(0).margin(0.2));
    REQUIRE(std::isfinite(measured_divergence(constant, normal(100, 0, 1)).nats));
    REQUIRE(std::isfinite(nearest_neighbor_divergence(constant, constant, 10)));
}

TEST_CASE("too few numbers give no divergence", "[aggregation]") {
    REQUIRE_FALSE(measured_divergence(normal(10, 0, 1), normal(100, 0, 2)).measured);
    REQUIRE_FALSE(measured_divergence(normal(100, 0, 1), normal(9, 0, 2)).measured);
    REQUIRE_FALSE(measured_divergence({}, {}).measured);
    REQUIRE_THROWS_AS(nearest_neighbor_divergence({1, 2}, {1, 2}, 2), Error);
    REQUIRE_THROWS_AS(histogram_divergence({}, {1}, 3), Error);
}

TEST_CASE("correlations are those of the definition", "[aggregation]") {
    REQUIRE(pearson({1, 2, 3}, {5, 7, 9}).value() == Approx(1));
    REQUIRE(pearson({1, 2, 3}, {1, 0, 1}).value() == Approx(0).margin(1e-15));
    REQUIRE(pearson({1, 2, 3, 4}, {1, 3, 2, 4}).value() == Approx(0.8));
    REQUIRE(spearman({1, 2, 3, 4}, {1, 10, 100, 1e6}).value() == Approx(1));
    REQUIRE(spearman({1, 2, 2, 3}, {1, 2, 2, 3}).value() == Approx(1));
    REQUIRE(spearman({3, 2, 1}, {1, 2, 30}).value() == Approx(-1));
    REQUIRE_FALSE(pearson({1, 1}, {1, 2}).has_value());
    REQUIRE_FALSE(pearson({1}, {1}).has_value());
    REQUIRE_FALSE(pearson({1, NAN}, {1, 2}).has_value());
    REQUIRE_FALSE(spearman({1, NAN}, {1, 2}).has_value());
    REQUIRE_THROWS_AS(pearson({1, 2}, {1}), Error);
    REQUIRE(median({3, 1, 2}).value() == 2);
    REQUIRE(median({4, 1, 2, 3}).value() == 2.5);
    REQUIRE_FALSE(median({}).has_value());
}

TEST_CASE("independent maxima count their locations", "[aggregation]") {
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> uniform;
    Numbers maxima;
    for (int i = 0; i < 20000; i++) {
        double largest = 0;
        for (int location = 0; location < 49; location++) {
            largest = std::max(largest, uniform(random));
        }
        maxima.push_back(largest);
    }
    REQUIRE(effective_number(maxima) == Approx(49).epsilon(0.03));
    REQUIRE(std::isfinite(effective_number({0, 0.5})));
    REQUIRE(std::isinf(effective_number({1, 1})));
    REQUIRE_THROWS_AS(effective_number({}), Error);
    REQUIRE_THROWS_AS(effective_number({1.5}), Error);
}
