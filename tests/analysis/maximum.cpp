// Clark's formulas.
#include "toolkit/analysis/moments/maximum.h"
#include "tests/analysis/random_moments.h"
#include "toolkit/analysis/moments/gaussian.h"
#include "toolkit/analysis/moments/samples.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;

TEST_CASE("the maximum of two numbers has Clark's moments", "[moments]") {
    // Standard and independent: mean 1 / sqrt(pi), variance 1 - 1 / pi.
    const ClarkMaximum equal = clark_maximum(0, 0, 1, 1, 0);
    CHECK(equal.mean == Approx(1 / std::sqrt(M_PI)));
    CHECK(equal.variance == Approx(1 - 1 / M_PI));
    CHECK(equal.first == Approx(0.5));
    // As the formulas are printed.
    const double m1 = 0.7, m2 = -0.4, v1 = 1.3, v2 = 0.6, c = 0.25, spread = std::sqrt(v1 + v2 - 2 * c);
    const double a = (m1 - m2) / spread;
    const double mean = m1 * normal_cdf(a) + m2 * normal_cdf(-a) + spread * normal_density(a);
    const double second = (m1 * m1 + v1) * normal_cdf(a) + (m2 * m2 + v2) * normal_cdf(-a) +
                          (m1 + m2) * spread * normal_density(a);
    for (const bool swapped : {false, true}) {
        const ClarkMaximum found =
            swapped ? clark_maximum(m2, m1, v2, v1, c) : clark_maximum(m1, m2, v1, v2, c);
        CHECK(found.mean == Approx(mean));
        CHECK(found.variance == Approx(second - mean * mean));
        CHECK(found.first == Approx(normal_cdf(swapped ? -a : a)));
    }
}

TEST_CASE("the maximum of numbers that never differ is one of them", "[moments]") {
    CHECK(clark_maximum(1, 2, 3, 3, 3).mean == 2);
    CHECK(clark_maximum(1, 2, 3, 3, 3).variance == 3);
    CHECK(clark_maximum(2, 1, 0, 0, 0).mean == 2);
    CHECK(clark_maximum(1e8, 0, 1, 1, 0).variance == Approx(1));
}

TEST_CASE("maxima over windows agree with samples", "[moments]") {
    for (const double rho : {0., 0.5, 0.9}) {
        Moments moments{Vector::Zero(8), Matrix::Constant(8, 8, rho)};
        moments.covariance.diagonal().setOnes();
        const std::vector<std::vector<int>> windows = {{0, 1, 2, 3}, {4, 5, 6, 7}};
        const Moments found = maximum_moments(moments, windows);
        const Tensor drawn = gaussian_samples(moments, 200000, 3);
        Tensor largest = make_tensor<float>({200000, 2});
        for (int sample = 0; sample < 200000; sample++) {
            const float *row = static_cast<const float *>(drawn.data()) + std::ptrdiff_t(8) * sample;
            auto *out = static_cast<float *>(largest.data()) + std::ptrdiff_t(2) * sample;
            out[0] = *std::max_element(row, row + 4);
            out[1] = *std::max_element(row + 4, row + 8);
        }
        const Moments measured = sample_moments(largest);
        CHECK((found.mean - measured.mean).cwiseAbs().maxCoeff() < 0.01);
        CHECK(found.covariance(0, 0) == Approx(measured.covariance(0, 0)).epsilon(rho == 0 ? 0.055 : 0.02));
        CHECK(found.covariance(0, 1) == Approx(measured.covariance(0, 1)).margin(0.03));
        CHECK(found.covariance(0, 1) == found.covariance(1, 0));
    }
}
