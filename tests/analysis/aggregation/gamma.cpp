// Gamma functions and distributions against closed forms and known values.
#include "toolkit/analysis/aggregation/gamma.h"

#include "runtime/error.h"
#include "toolkit/analysis/aggregation/digamma.h"
#include "toolkit/analysis/aggregation/hurdle_gamma.h"
#include "toolkit/analysis/aggregation/incomplete_gamma.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace fsd;
using namespace fsd::analysis;

namespace {

constexpr double euler = 0.57721566490153286;

struct Logarithms {
    double mean = 0, mean_log = 0, variance = 0;
};

Logarithms drawn(double shape, double scale, int count) {
    std::mt19937_64 random(1);
    std::gamma_distribution<double> draw(shape, scale);
    Logarithms sums;
    for (int i = 0; i < count; i++) {
        const double x = draw(random);
        sums.mean += x / count;
        sums.mean_log += std::log(x) / count;
        sums.variance += x * x / count;
    }
    sums.variance -= sums.mean * sums.mean;
    return sums;
}

}  // namespace

TEST_CASE("digamma and trigamma have their known values", "[aggregation]") {
    REQUIRE(digamma(1) == Approx(-euler).epsilon(1e-14));
    REQUIRE(digamma(0.5) == Approx(-euler - 2 * std::log(2)).epsilon(1e-14));
    REQUIRE(trigamma(1) == Approx(M_PI * M_PI / 6).epsilon(1e-14));
    REQUIRE(trigamma(0.5) == Approx(M_PI * M_PI / 2).epsilon(1e-14));
    REQUIRE(std::isnan(digamma(0)));
    REQUIRE(std::isnan(trigamma(-1)));
    for (const double x : {1e-3, 0.3, 2.7, 9.999, 10., 1e5}) {
        INFO(x);
        REQUIRE(digamma(x + 1) - digamma(x) == Approx(1 / x).epsilon(1e-9));
        REQUIRE(trigamma(x) - trigamma(x + 1) == Approx(1 / (x * x)).epsilon(1e-4));
    }
}

TEST_CASE("the incomplete gamma function has its closed forms", "[aggregation]") {
    for (const double x : {1e-3, 0.4, 1., 1.9, 2.1, 7., 40.}) {
        INFO(x);
        REQUIRE(incomplete_gamma(1, x) == Approx(-std::expm1(-x)).epsilon(1e-12));
        REQUIRE(incomplete_gamma(0.5, x) == Approx(std::erf(std::sqrt(x))).epsilon(1e-12));
        REQUIRE(incomplete_gamma(3, x) == Approx(1 - std::exp(-x) * (1 + x + x * x / 2)).margin(1e-12));
    }
    REQUIRE(incomplete_gamma(2, 0) == 0);
    REQUIRE(incomplete_gamma(2, -1) == 0);
    REQUIRE(incomplete_gamma(2, HUGE_VAL) == 1);
}

TEST_CASE("the expansion for large shapes continues the series", "[aggregation]") {
    for (const double deviations : {-4., -1., -0.01, 0., 0.01, 1., 4.}) {
        const double below = incomplete_gamma(1000, 1000 + deviations * std::sqrt(1000.));
        const double above = incomplete_gamma(1000.0001, 1000.0001 + deviations * std::sqrt(1000.0001));
        REQUIRE(above == Approx(below).margin(1e-7));
    }
}

TEST_CASE("fits by moments have the moments", "[aggregation]") {
    const Gamma fit = gamma_of_moments(3, 0.7);
    REQUIRE(fit.mean() == Approx(3));
    REQUIRE(fit.variance() == Approx(0.7));
    for (const auto &[mean, variance] : {std::pair(0., 1.), {1., 0.}, {-1., 1.}, {NAN, 1.}, {1., HUGE_VAL}}) {
        REQUIRE_THROWS_AS(gamma_of_moments(mean, variance), Error);
    }
}

TEST_CASE("maximum likelihood solves its equation and finds the shape again", "[aggregation]") {
    for (const double shape : {0.05, 0.3, 1., 5., 300.}) {
        INFO(shape);
        const Gamma exact = gamma_of_logarithms(2 * shape, digamma(shape) + std::log(2));
        REQUIRE(exact.shape == Approx(shape).epsilon(1e-9));
        REQUIRE(exact.scale == Approx(2).epsilon(1e-9));
        const Logarithms sums = drawn(shape, 2, 20000);
        REQUIRE(gamma_of_logarithms(sums.mean, sums.mean_log).shape == Approx(shape).epsilon(0.04));
    }
    REQUIRE_THROWS_AS(gamma_of_logarithms(1, 0), Error);
    REQUIRE_THROWS_AS(gamma_of_logarithms(1, NAN), Error);
}

TEST_CASE("a hurdle Gamma has the moments and the zeros that it was made from", "[aggregation]") {
    const HurdleGamma fit = hurdle_gamma_of_moments(0.6, 0.9, 0.4);
    const double mean = 0.6 * fit.positive.mean();
    const double square = 0.6 * (fit.positive.variance() + fit.positive.mean() * fit.positive.mean());
    REQUIRE(mean == Approx(0.6));
    REQUIRE(square - mean * mean == Approx(0.9));
    REQUIRE(fit.cumulative(0) == 0.4);
    REQUIRE(fit.cumulative_below(0) == 0);
    REQUIRE(fit.cumulative(-1) == 0);
    REQUIRE(fit.cumulative(1e9) == Approx(1));
}

TEST_CASE("a constant is a point, and a dead channel nothing but zeros", "[aggregation]") {
    const HurdleGamma point = hurdle_gamma_of_moments(1, 1, 0.5);  // 2 with probability 1/2
    REQUIRE(point.form == HurdleGamma::Form::point);
    REQUIRE(point.location == Approx(2));
    REQUIRE(point.cumulative(1.9) == Approx(0.5));
    REQUIRE(point.cumulative(point.location) == Approx(1));
    REQUIRE(point.cumulative_below(point.location) == Approx(0.5));
    REQUIRE(hurdle_gamma_of_moments(0, 0, 1).form == HurdleGamma::Form::none);
    REQUIRE(hurdle_gamma_of_moments(0, 0, 1).cumulative(0) == 1);
    REQUIRE(hurdle_gamma_of_logarithms(3, std::log(3), 0).form == HurdleGamma::Form::point);
    REQUIRE_THROWS_AS(hurdle_gamma_of_moments(-1, 1, 0), Error);
    REQUIRE_THROWS_AS(hurdle_gamma_of_moments(1, NAN, 0), Error);
    REQUIRE_THROWS_AS(hurdle_gamma_of_moments(1, 1, 1.5), Error);
}
