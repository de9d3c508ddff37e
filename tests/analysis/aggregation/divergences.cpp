// Closed forms against integrals; their laws; degenerate distributions.
#include "tests/analysis/aggregation/quadrature.h"
#include "toolkit/analysis/aggregation/closed_divergence.h"
#include "toolkit/analysis/aggregation/pearson3.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;

TEST_CASE("the divergence of Gamma distributions is its integral", "[aggregation]") {
    for (const double shape : {0.3, 1., 4., 60.}) {
        for (const double other : {0.5, 4., 70.}) {
            for (const double scale : {0.4, 1., 3.}) {
                const Gamma p{shape, 1}, q{other, scale};
                INFO(shape << " " << other << " " << scale);
                const double expected = positive_divergence(
                    -60 / std::min(1., shape), 6, [&](double x) { return p.log_density(x); },
                    [&](double x) { return q.log_density(x); });
                REQUIRE(gamma_divergence(p, q) == Approx(expected).epsilon(1e-7).margin(1e-9));
            }
        }
    }
}

TEST_CASE("divergences are 0 for equal distributions and positive for close ones", "[aggregation]") {
    for (const double shape : {0.01, 1., 1e3, 1e7}) {
        INFO(shape);
        const Gamma p{shape, 2};
        REQUIRE(gamma_divergence(p, p) == 0);
        const double close = gamma_divergence(p, {shape * (1 + 1e-7), 2 / (1 + 1e-7)});
        REQUIRE(close >= 0);
        REQUIRE(close < 1e-6);
    }
    REQUIRE(normal_divergence(1, 2, 1, 2) == 0);
    REQUIRE(normal_divergence(1, 2, 1 + 1e-9, 2) > 0);
}

TEST_CASE("the divergence of normal distributions is its integral", "[aggregation]") {
    const Pearson3 p{1, 2, 0}, q{-0.5, 3, 0};
    const double expected = integral(-20, 22, 4000, [&](double x) {
        return std::exp(p.log_density(x)) * (p.log_density(x) - q.log_density(x));
    });
    REQUIRE(normal_divergence(1, 2, -0.5, 3) == Approx(expected).epsilon(1e-10));
}

TEST_CASE("a hurdle's divergence has the part of the zeros", "[aggregation]") {
    const HurdleGamma p = hurdle_gamma_of_moments(0.6, 0.9, 0.4), q = hurdle_gamma_of_moments(0.8, 0.9, 0.1);
    const Divergence found = hurdle_divergence(p, q, 1000);
    REQUIRE(found.nats == Approx(0.4 * std::log(4.) + 0.6 * std::log(0.6 / 0.9) +
                                 0.6 * gamma_divergence(p.positive, q.positive)));
    REQUIRE_FALSE(found.capped);
}

TEST_CASE("what is infinite is capped and says so", "[aggregation]") {
    const HurdleGamma dead = hurdle_gamma_of_moments(0, 0, 1), alive = hurdle_gamma_of_moments(1, 1, 0),
                      two = hurdle_gamma_of_moments(2, 0, 0), three = hurdle_gamma_of_moments(3, 0, 0);
    const double cap = std::log(2 * 50.);
    for (const auto &[p, q] :
         {std::pair(dead, alive), {alive, dead}, {two, three}, {two, alive}, {alive, two}}) {
        const Divergence found = hurdle_divergence(p, q, 50);
        REQUIRE(found.capped);
        REQUIRE(found.nats == Approx(cap));
    }
    for (const HurdleGamma &same : {dead, alive, two}) {
        REQUIRE(hurdle_divergence(same, same, 50).nats == 0);
        REQUIRE_FALSE(hurdle_divergence(same, same, 50).capped);
    }
}

TEST_CASE("Pearson's type III has mass 1 and its three moments", "[aggregation]") {
    for (const double skewness : {-1.2, -0.3, 1e-5, 0., 0.3, 1.2}) {
        INFO(skewness);
        const Pearson3 distribution{0.5, 2, skewness};
        const auto moment = [&](int order) {
            return integral(-25, 26, 200000, [&](double x) {
                return std::exp(distribution.log_density(x)) * std::pow(x - (order > 1 ? 0.5 : 0), order);
            });
        };
        REQUIRE(moment(0) == Approx(1).epsilon(1e-5));
        REQUIRE(moment(1) == Approx(0.5).epsilon(1e-4));
        REQUIRE(moment(2) == Approx(2).epsilon(1e-4));
        REQUIRE(moment(3) == Approx(skewness * std::pow(2, 1.5)).epsilon(1e-4).margin(1e-8));
    }
}

TEST_CASE("softened densities have mass 1 and no end", "[aggregation]") {
    const Pearson3 steep{0, 1, 9};
    REQUIRE(integral(-30, 40, 200000, [&](double x) { return std::exp(softened_log_density(steep, x)); }) ==
            Approx(1).epsilon(1e-4));
    REQUIRE(std::isfinite(softened_log_density(steep, -12)));
    REQUIRE(std::isinf(steep.log_density(-12)));
}
