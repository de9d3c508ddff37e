// Moments behind nonlinearities against closed forms, sampled ones and laws.
#include "toolkit/analysis/moments/nonlinearities.h"
#include "tests/analysis/random_moments.h"
#include "toolkit/analysis/moments/gaussian.h"
#include "toolkit/analysis/moments/samples.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;

namespace {

Moments pair_with(double mean1, double mean2, double rho) {
    return {Vector{{mean1, mean2}}, Matrix{{1, rho}, {rho, 1}}};
}

double closed_form(const Moments &moments) {
    const auto mean = [&](int i) {
        return moments.mean[i] * normal_cdf(moments.mean[i]) + normal_density(moments.mean[i]);
    };
    return relu_product(moments, 0, 1) - mean(0) * mean(1);
}

// Of a function of samples of the moments.
template<typename Function>
Moments sampled(const Moments &moments, int count, const Function &function) {
    Tensor samples = gaussian_samples(moments, count, 5);
    auto *values = static_cast<float *>(samples.data());
    std::transform(values, values + samples.number_of_elements(), values,
                   [&](float value) { return static_cast<float>(function(value)); });
    return sample_moments(samples);
}

void require_close(const Moments &found, const Moments &expected, double bound) {
    CHECK((found.mean - expected.mean).cwiseAbs().maxCoeff() <= bound);
    CHECK((found.covariance - expected.covariance).cwiseAbs().maxCoeff() <= bound);
    CHECK(found.covariance == found.covariance.transpose());
}

}  // namespace

TEST_CASE("covariances of ReLU agree with the closed form", "[moments]") {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> correlation(-0.999, 0.999), mean(-3, 3);
    for (const auto &[nodes, bound] : {std::pair(16, 2e-7), std::pair(32, 2e-9)}) {
        for (int i = 0; i < 100; i++) {
            const Moments moments = pair_with(mean(random), mean(random), correlation(random));
            CHECK(std::fabs(relu_moments(moments, nodes).covariance(0, 1) - closed_form(moments)) <= bound);
        }
    }
}

TEST_CASE("covariances of ReLU agree with the closed form where numbers are nearly equal", "[moments]") {
    for (const double rho : {0.9999, 0.999, -0.9999, 0.99}) {
        for (const double apart : {0., 1e-3, 0.05}) {
            const Moments moments = pair_with(0.3, (rho < 0 ? -0.3 : 0.3) + apart, rho);
            CHECK(std::fabs(relu_moments(moments, 16).covariance(0, 1) - closed_form(moments)) <= 2e-7);
            CHECK(std::fabs(relu_moments(moments, 32).covariance(0, 1) - closed_form(moments)) <= 2e-9);
        }
    }
}

TEST_CASE("centered ReLU has the arc-cosine kernel", "[moments]") {
    for (const double rho : {-1., -0.7, 0., 0.2, 0.95, 1.}) {
        const Moments behind = relu_moments({Vector::Zero(2), Matrix{{4, 6 * rho}, {6 * rho, 9}}}, 32);
        const double angle = std::acos(rho);
        const double product = 6 * (std::sin(angle) + (M_PI - angle) * rho) / (2 * M_PI);
        CHECK(behind.covariance(0, 1) + behind.mean[0] * behind.mean[1] == Approx(product).margin(1e-8));
    }
}

TEST_CASE("means and variances of ReLU keep their digits in the tails", "[moments]") {
    // Reference values in 50 digits.
    const Moments behind = relu_moments({Vector{{-4, -5, 5}}, Matrix{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}});
    CHECK(behind.mean[0] == Approx(7.145258432e-06).epsilon(1e-8));
    CHECK(behind.mean[1] == Approx(5.346165533e-08).epsilon(1e-8));
    CHECK(behind.mean[2] == Approx(5.00000005346165533).epsilon(1e-13));
    CHECK(behind.covariance(2, 2) == Approx(1 - 2 * 2.866515719e-07 + 2.0238e-08).epsilon(1e-9));
    CHECK(behind.covariance(0, 0) > 0);
    CHECK(behind.covariance(1, 1) > 0);
}

TEST_CASE("units without variance are deterministic behind ReLU", "[moments]") {
    Moments moments = random_moments(4, 1);
    moments.mean[1] = -2;
    moments.mean[3] = 1.5;
    for (const int unit : {1, 3}) {
        moments.covariance.row(unit).setZero();
        moments.covariance.col(unit).setZero();
    }
    const Moments behind = relu_moments(moments);
    CHECK(behind.mean[1] == 0);
    CHECK(behind.mean[3] == 1.5);
    CHECK(behind.covariance.row(1).isZero(0));
    CHECK(behind.covariance.row(3).isZero(0));
    CHECK(relu_moments({Vector::Zero(3), Matrix::Zero(3, 3)}).covariance.isZero(0));
    CHECK(relu_moments({Vector::Constant(1, 1e200), Matrix::Constant(1, 1, 1e-3)}).mean.allFinite());
}

TEST_CASE("erf of Gaussian numbers: closed forms and samples", "[moments]") {
    const Moments centered = erf_moments({Vector::Zero(2), Matrix{{0.7, 0.3}, {0.3, 1.1}}}, 32);
    CHECK(centered.covariance(0, 1) ==
          Approx(2 / M_PI * std::asin(0.6 / std::sqrt(2.4 * 3.2))).epsilon(1e-9));
    CHECK(centered.covariance(0, 0) == Approx(2 / M_PI * std::asin(1.4 / 2.4)).epsilon(1e-9));
    const Moments moments = random_moments(5, 2);
    require_close(erf_moments(moments), sampled(moments, 200000, [](double z) { return std::erf(z); }),
                  0.006);
}

TEST_CASE("ReLU and sigmoid of Gaussian numbers agree with samples", "[moments]") {
    const Moments moments = random_moments(6, 4);
    require_close(relu_moments(moments), sampled(moments, 200000, [](double z) { return std::max(z, 0.); }),
                  0.02);
    require_close(sigmoid_moments(moments),
                  sampled(moments, 200000, [](double z) { return 1 / (1 + std::exp(-z)); }), 0.003);
}

TEST_CASE("what ReLU gives has a semidefinite covariance", "[moments]") {
    for (unsigned seed = 0; seed < 5; seed++) {
        const Moments moments = random_moments(20, seed, 2, 0);
        CHECK(projected(relu_moments(moments, 32).covariance).clipped < 1e-9);
    }
}

TEST_CASE("quadratic moments are exact for skewed numbers with their cumulants", "[moments]") {
    // Centered exponentials e mixed by A: kappa_3 = 2, kappa_4 = 6 of each.
    const Matrix mix{{1, 0.4, -0.3}, {0.2, 0.9, 0.5}, {-0.6, 0.1, 0.8}};
    const Vector mean{{0.5, -1, 0.2}};
    const double alpha = 0.3;
    Matrix third = Matrix::Zero(3, 3), fourth = third;
    for (int e = 0; e < 3; e++) {
        const Vector row = mix.col(e), square = row.cwiseAbs2();
        third += 2 * square * row.transpose();
        fourth += 6 * square * square.transpose();
    }
    const Moments found = quadratic_moments({mean, mix * mix.transpose()}, alpha, &third, &fourth);
    std::mt19937 random(7);
    std::exponential_distribution<double> exponential;
    Tensor samples = make_tensor<float>({400000, 3});
    for (int sample = 0; sample < 400000; sample++) {
        const Vector drawn{{exponential(random) - 1, exponential(random) - 1, exponential(random) - 1}};
        const Vector z = mean + mix * drawn;
        for (int unit = 0; unit < 3; unit++) {
            static_cast<float *>(samples.data())[3 * sample + unit] =
                static_cast<float>(z[unit] + alpha * z[unit] * z[unit]);
        }
    }
    const Moments measured = sample_moments(samples);
    CHECK((found.covariance - measured.covariance).norm() <= 0.02 * measured.covariance.norm());
    CHECK((found.mean - measured.mean).norm() <= 0.01);
    const Moments gaussian = quadratic_moments({mean, mix * mix.transpose()}, alpha);
    CHECK((gaussian.covariance - measured.covariance).norm() >= 0.2 * measured.covariance.norm());
}

TEST_CASE("third cumulants correct ReLU of skewed numbers", "[moments]") {
    // Gamma numbers of shape 6, standardized, mixed.
    const Matrix mix = random_moments(5, 9).covariance;
    std::mt19937 random(8);
    std::gamma_distribution<double> gamma(6);
    Tensor samples = make_tensor<float>({200000, 5});
    for (int sample = 0; sample < 200000; sample++) {
        Vector drawn(5);
        std::generate_n(drawn.data(), 5, [&] { return (gamma(random) - 6) / std::sqrt(6.); });
        const Vector z = mix * drawn;
        for (int unit = 0; unit < 5; unit++) {
            static_cast<float *>(samples.data())[5 * sample + unit] = static_cast<float>(z[unit]);
        }
    }
    const Moments before = sample_moments(samples);
    const Matrix third = third_cumulants(samples);
    auto *values = static_cast<float *>(samples.data());
    std::transform(values, values + samples.number_of_elements(), values,
                   [](float z) { return std::max(z, 0.F); });
    const Moments behind = sample_moments(samples);
    const double second = (relu_moments(before).covariance - behind.covariance).norm();
    const double corrected =
        (relu_moments_of_third_order(before, third).covariance - behind.covariance).norm();
    CHECK(second >= 0.05 * behind.covariance.norm());
    CHECK(corrected <= 0.02 * behind.covariance.norm());
}

TEST_CASE("samples with a number that is not finite have no moments, wherever it stands", "[analysis]") {
    for (const float fault : {NAN, HUGE_VALF, -HUGE_VALF}) {
        for (const int place : {0, 7 * 300 + 3, 7 * 599 + 6}) {
            Tensor samples = make_tensor<float>({600, 7});
            auto *values = static_cast<float *>(samples.data());
            std::fill_n(values, samples.number_of_elements(), 1.F);
            values[place] = fault;
            CAPTURE(fault, place);
            REQUIRE_THROWS_WITH(sample_moments(samples), Catch::Contains("must be finite"));
            REQUIRE_THROWS_WITH(third_cumulants(samples), Catch::Contains("must be finite"));
        }
    }
}
