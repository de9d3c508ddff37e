// The quick criteria of the experiments on universal features (B2 to B4 and B9, docs/analysis.md).
#include "experiments/weak_dependence.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd::experiments;

TEST_CASE("B2: a free feature that training finds is the first singular vector", "[experiments]") {
    const FreeFeatureMatch weak = free_feature_match(0.1, 1), strong = free_feature_match(0.4, 1);
    CHECK(weak.cosine >= 0.995);
    CHECK(std::fabs(weak.product / weak.correlation - 1) <= 0.02);
    CHECK(strong.cosine >= 0.98);
    CHECK(std::fabs(strong.product / strong.correlation - 1) <= 0.15);
}

TEST_CASE("B3: output weights that training finds are the matched projection", "[experiments]") {
    double last_error = 0;
    for (const double epsilon : {0.05, 0.2, 0.4}) {
        const RegressionMatch match = regression_match(epsilon, 2);
        CHECK(match.cosine >= 0.999);
        CHECK(match.relative_error <= 0.05);
        CHECK(match.entropy_drop == Approx(match.h_score).epsilon(0.05));
        CHECK(match.relative_error > last_error);  // the theory is local
        last_error = match.relative_error;
    }
}

TEST_CASE("B4: hidden weights that training finds are the matched ones", "[experiments]") {
    const HiddenMatch weak = hidden_match(0.1, false, 1), biased = hidden_match(0.02, true, 1);
    CHECK(weak.cosine >= 0.999);
    CHECK(weak.relative_error <= 0.02);
    CHECK(biased.cosine >= 0.999);
}

TEST_CASE("B9: bins find the correlation of a bivariate normal, more bins a larger one by chance",
          "[experiments]") {
    const BinnedNormal found = binned_normal(16, 2000, 0.7, 1);
    CHECK(std::fabs(found.correlation - 0.7) <= 0.03);
    CHECK(binned_normal(64, 2000, 0.7, 1).shuffled > 2 * binned_normal(8, 2000, 0.7, 1).shuffled);
}
