// Bayes' rule of Gaussian log-evidence.
#include "toolkit/analysis/moments/normalization.h"
#include "tests/analysis/random_moments.h"
#include "toolkit/analysis/moments/gaussian.h"
#include "toolkit/analysis/moments/samples.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;

namespace {

// Log-posteriors of samples, in groups.
Tensor normalized(const Moments &moments, int states, int count) {
    Tensor samples = gaussian_samples(moments, count, 11);
    auto *values = static_cast<float *>(samples.data());
    for (std::size_t row = 0; row < samples.number_of_elements(); row += states) {
        double sum = 0;
        for (int state = 0; state < states; state++) {
            sum += std::exp(double(values[row + state]));
        }
        for (int state = 0; state < states; state++) {
            values[row + state] = static_cast<float>(values[row + state] - std::log(sum));
        }
    }
    return samples;
}

Tensor exponentials(Tensor samples) {
    auto *values = static_cast<float *>(samples.data());
    std::transform(values, values + samples.number_of_elements(), values,
                   [](float z) { return std::exp(z); });
    return samples;
}

}  // namespace

TEST_CASE("posteriors of one group have the moments of samples", "[moments]") {
    for (const int states : {2, 3, 8}) {
        const Moments moments = random_moments(states, static_cast<unsigned>(states));
        const Tensor samples = normalized(moments, states, 200000);
        const Moments logs = sample_moments(samples), found = log_posterior_moments(moments, states);
        CHECK((found.mean - logs.mean).cwiseAbs().maxCoeff() < 0.015);
        CHECK((found.covariance - logs.covariance).norm() < 0.03 * logs.covariance.norm());
        const Moments measured = sample_moments(exponentials(samples)),
                      posterior = posterior_moments(moments, states);
        CHECK((posterior.mean - measured.mean).cwiseAbs().maxCoeff() < 0.004);
        CHECK((posterior.covariance - measured.covariance).norm() < 0.03 * measured.covariance.norm());
        CHECK(posterior.mean.sum() == Approx(1));
        CHECK(posterior.covariance.rowwise().sum().cwiseAbs().maxCoeff() < 1e-12);
    }
}

TEST_CASE("covariances between groups are close where log-odds are narrow", "[moments]") {
    Moments moments = random_moments(6, 3);
    moments.covariance *= 0.05;
    const Moments measured = sample_moments(exponentials(normalized(moments, 3, 200000)));
    const Moments found = posterior_moments(moments, 3);
    const Matrix apart = found.covariance - measured.covariance;
    CHECK(apart.block(0, 3, 3, 3).norm() < 0.1 * measured.covariance.block(0, 3, 3, 3).norm());
    CHECK(found.covariance == found.covariance.transpose());
}

TEST_CASE("evidence that does not vary has the posterior of its mean", "[moments]") {
    const Vector mean{{1, 2, -1, 0, 0, 3}};
    const Moments found = posterior_moments({mean, Matrix::Zero(6, 6)}, 3);
    CHECK(found.mean[1] == Approx(std::exp(2) / (std::exp(1) + std::exp(2) + std::exp(-1))));
    CHECK(found.covariance.isZero(1e-15));
    CHECK(mean_posterior_entropy({Vector::Zero(4), Matrix::Zero(4, 4)}) == Approx(std::log(4)));
    // What all states share changes nothing.
    CHECK(mean_posterior_entropy({Vector::Zero(4), Matrix::Ones(4, 4)}) == Approx(std::log(4)));
}

TEST_CASE("decisions and losses of Gaussian logits", "[moments]") {
    const Moments two{Vector{{1, 0}}, Matrix{{1, 0.2}, {0.2, 0.5}}};
    CHECK(probability_of_largest(two, 0) == Approx(normal_cdf(1 / std::sqrt(1.1))));
    CHECK(probability_of_largest(two, 0) + probability_of_largest(two, 1) == Approx(1));
    const Moments logits = random_moments(10, 6, 2);
    const Tensor logs = normalized(logits, 10, 200000);
    double loss = 0, first = 0;
    for (int sample = 0; sample < 200000; sample++) {
        const float *row = static_cast<const float *>(logs.data()) + std::ptrdiff_t(10) * sample;
        loss -= row[4] / 200000;
        first += std::max_element(row, row + 10) - row == 4 ? 1. / 200000 : 0;
    }
    CHECK(mean_cross_entropy(logits, 4) == Approx(loss).epsilon(0.01));
    CHECK(probability_of_largest(logits, 4) == Approx(first).margin(0.02));
    const Moments sure{Vector{{5, 0, 0}}, Matrix::Zero(3, 3)};
    CHECK(probability_of_largest(sure, 0) == 1);
    CHECK(probability_of_largest(sure, 1) == 0);
}
