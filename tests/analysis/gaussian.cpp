// Divergences, projections, rules of quadrature, checks of moments.
#include "toolkit/analysis/moments/gaussian.h"
#include "runtime/error.h"
#include "tests/analysis/random_moments.h"
#include "toolkit/analysis/moments/quadrature.h"
#include "toolkit/analysis/moments/samples.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;
using Catch::Contains;

TEST_CASE("divergences are 0 for equal moments, positive for others, and those of the formula", "[moments]") {
    for (unsigned seed = 0; seed < 5; seed++) {
        const Moments p = random_moments(6, seed), q = random_moments(6, seed + 10);
        CHECK(kl_divergence(p, p) == Approx(0).margin(1e-12));
        CHECK(kl_divergence(p, q) > 0);
    }
    const Moments p{Vector{{1}}, Matrix{{2}}}, q{Vector{{0}}, Matrix{{3}}};
    CHECK(kl_divergence(p, q, 0) == Approx(0.5 * (std::log(1.5) + 1 - 1)).epsilon(1e-12));
    CHECK_THROWS_WITH(kl_divergence(p, random_moments(2, 1)), Contains("1 and 2"));
}

TEST_CASE("divergences of rank-deficient moments are finite", "[moments]") {
    const Moments flat{Vector::Zero(3), Matrix{{1, 1, 0}, {1, 1, 0}, {0, 0, 0}}};
    CHECK(std::isfinite(kl_divergence(flat, random_moments(3, 1))));
    CHECK(std::isfinite(kl_divergence(random_moments(3, 1), flat)));
    CHECK(kl_divergence(flat, flat) == Approx(0).margin(1e-9));
    const Moments nothing{Vector::Zero(2), Matrix::Zero(2, 2)};
    CHECK(kl_divergence(nothing, nothing) == 0);
}

TEST_CASE("projection clips negative eigenvalues and says how much", "[moments]") {
    const Projection clipped = projected(Matrix{{1, 2}, {2, 1}});  // 3 and -1
    CHECK(clipped.clipped == Approx(0.25));
    CHECK((clipped.matrix - Matrix{{1.5, 1.5}, {1.5, 1.5}}).norm() < 1e-12);
    const Matrix definite = random_moments(4, 1).covariance;
    CHECK(projected(definite).matrix == definite);
    CHECK(projected(definite).clipped == 0);
}

TEST_CASE("rules of quadrature integrate polynomials exactly", "[moments]") {
    for (const int count : {1, 2, 5, 16, 64}) {
        const Rule legendre = gauss_legendre(count), hermite = gauss_hermite(count);
        CHECK(legendre.weights.sum() == Approx(2));
        CHECK(hermite.weights.sum() == Approx(1));
        if (count > 1) {
            CHECK(legendre.weights.dot(legendre.nodes.cwiseAbs2()) == Approx(2. / 3));
            CHECK(hermite.weights.dot(hermite.nodes.cwiseAbs2()) == Approx(1));
        }
    }
    const Rule radii = radial_rule(7, 4);
    CHECK(radii.weights.dot(radii.nodes.cwiseAbs2()) == Approx(7));
    CHECK(radii.weights.dot(radii.nodes.array().pow(4).matrix()) == Approx(63));
    const PointRule points = spherical_rule(3);
    CHECK(points.weights.minCoeff() > 0);
    CHECK((points.points.transpose() * points.weights.asDiagonal() * points.points - Matrix::Identity(3, 3))
              .norm() < 1e-12);
}

TEST_CASE("moments that are none are refused with a sentence", "[moments]") {
    const auto refused = [](const Moments &moments, const std::string &sentence) {
        CHECK_THROWS_WITH(check(moments, "The given moments"),
                          Contains("The given moments") && Contains(sentence));
    };
    Moments moments = random_moments(3, 1);
    CHECK_NOTHROW(check(moments, "The given moments"));
    refused({Vector::Zero(2), Matrix::Zero(3, 3)}, "[2] and [3, 3]");
    refused({Vector{{1, 1}}, Matrix{{1, 0.5}, {0.4, 1}}}, "not symmetric");
    refused({Vector{{1, 1}}, Matrix{{1, 2}, {2, 1}}}, "not positive semidefinite");
    refused({Vector{{1, 1}}, Matrix{{-1, 0}, {0, 1}}}, "negative variance");
    moments.covariance(1, 1) = std::numeric_limits<double>::quiet_NaN();
    refused(moments, "finite");
    try {
        check(moments, "These");
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::bad_input);
    }
}

TEST_CASE("mixtures have the moments of their samples", "[moments]") {
    const Moments a = random_moments(3, 1), b = random_moments(3, 2);
    const Moments mixed = mixture({0.25, 0.75}, {a, b});
    const Tensor first = gaussian_samples(a, 50000, 1), second = gaussian_samples(b, 150000, 2);
    Tensor both = make_tensor<float>({200000, 3});
    auto *place = static_cast<float *>(both.data());
    place = std::copy_n(static_cast<const float *>(first.data()), 150000, place);
    std::copy_n(static_cast<const float *>(second.data()), 450000, place);
    const Moments measured = sample_moments(both);
    CHECK((mixed.mean - measured.mean).norm() < 0.02);
    CHECK((mixed.covariance - measured.covariance).norm() < 0.05);
    CHECK(expected_squared_error(mixed, mixed.mean) == Approx(mixed.covariance.trace()));
}
