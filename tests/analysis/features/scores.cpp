// Laws of the H-score, matched projections, degenerate features.
#include "tests/analysis/features/random_joint.h"
#include "toolkit/analysis/features/modes.h"
#include "toolkit/analysis/features/projection.h"
#include "toolkit/analysis/features/scored_features.h"

#include <Eigen/LU>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;
using Catch::Contains;

namespace {

Matrix random_features(Eigen::Index rows, Eigen::Index columns, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    Matrix features(rows, columns);
    for (double &number : features.reshaped()) {
        number = normal(random);
    }
    return features;
}

// By both ways.
double score(const FeatureMoments &moments) {
    const double found = h_score(moments, whitening_of(moments.covariance));
    CHECK(h_score(moments) == Approx(found).epsilon(1e-12).margin(1e-15));
    return found;
}

Matrix matched(const FeatureMoments &moments) {
    return matched_projection(moments, whitening_of(moments.covariance));
}

bool has(const ScoredFeatures &found, const char *flag) {
    return std::find(found.flags.begin(), found.flags.end(), flag) != found.flags.end();
}

}  // namespace

TEST_CASE("the best features reach half the squares of the singular values, no other ones do", "[features]") {
    const Joint joint = random_joint(8, 6, 7);
    const Modes modes = modes_of(joint);
    for (const int k : {1, 2, 5}) {
        const double best = largest_h_score(modes.correlations, k);
        CHECK(score(feature_moments_of_table(modes.row_features.leftCols(k), joint.probability)) ==
              Approx(best).epsilon(1e-12));
        CHECK(best <= std::min(k, 5) / 2.);
        for (unsigned seed = 0; seed < 200; seed++) {
            CHECK(score(feature_moments_of_table(random_features(8, k, seed), joint.probability)) <=
                  best * (1 + 1e-12));
        }
    }
}

TEST_CASE("the H-score is that of any affine image of the features", "[features]") {
    const Joint joint = random_joint(9, 4, 2);
    const Matrix f = random_features(9, 3, 1), turn = random_features(3, 3, 2);
    REQUIRE(std::fabs(turn.determinant()) > 0.1);
    const Matrix image = (f * turn).rowwise() + Eigen::RowVector3d(1, -2, 3);
    CHECK(score(feature_moments_of_table(image, joint.probability)) ==
          Approx(score(feature_moments_of_table(f, joint.probability))).epsilon(1e-11));
}

TEST_CASE("the two-sided H-score is half of |B|^2 less the distance of F G^T, and largest for g*",
          "[features]") {
    const Joint joint = random_joint(9, 4, 3);
    const Matrix f = random_features(9, 2, 4), g = 0.3 * random_features(4, 2, 5);
    const FeatureMoments moments = feature_moments_of_table(f, joint.probability);
    const Matrix dependence = dependence_of(joint);
    const auto canonical = [](const Matrix &features, const Vector &p) -> Matrix {
        const Matrix centered = features.rowwise() - p.transpose() * features;
        return p.cwiseSqrt().asDiagonal() * centered;
    };
    const Matrix rest = dependence - canonical(f, joint.rows) * canonical(g, joint.columns).transpose();
    CHECK(two_sided_h_score(moments, g) ==
          Approx((dependence.squaredNorm() - rest.squaredNorm()) / 2).epsilon(1e-12));
    CHECK(two_sided_h_score(moments, matched(moments)) == Approx(score(moments)).epsilon(1e-12));
    CHECK(two_sided_h_score(moments, g) < score(moments));
}

TEST_CASE("samples have the H-score of their table", "[features]") {
    const DrawnSamples drawn = drawn_samples(500, 3, 4, 1, 1);
    const FeatureMoments moments = feature_moments(drawn.features, drawn.labels, 4);
    Matrix rows(500, 3), table = Matrix::Zero(500, 4);
    for (int i = 0; i < 500; i++) {
        for (int unit = 0; unit < 3; unit++) {
            rows(i, unit) = static_cast<const float *>(drawn.features.data())[3 * i + unit];
        }
        table(i, drawn.labels[i]) = 1. / 500;
    }
    const FeatureMoments expected = feature_moments_of_table(rows, table);
    CHECK((moments.covariance - expected.covariance).cwiseAbs().maxCoeff() <= 1e-12);
    CHECK((moments.class_mean - expected.class_mean).cwiseAbs().maxCoeff() <= 1e-12);
    CHECK(score(moments) == Approx(score(expected)).epsilon(1e-12));
}

TEST_CASE("constant, repeated and few features keep the H-score finite and are flagged", "[features]") {
    const DrawnSamples drawn = drawn_samples(400, 2, 3, 1, 3);
    Tensor more = make_tensor<float>({400, 4});
    for (int i = 0; i < 400; i++) {
        const float *row = static_cast<const float *>(drawn.features.data()) + 2 * i;
        const float numbers[] = {row[0], 5, row[1], row[0] + row[1]};
        std::copy_n(numbers, 4, static_cast<float *>(more.data()) + 4 * i);
    }
    const ScoredFeatures plain = scored_features(drawn.features, drawn.labels, 3, {}),
                         found = scored_features(more, drawn.labels, 3, {});
    CHECK(found.rank == 2);
    CHECK(found.h_score == Approx(plain.h_score).epsilon(1e-5));
    CHECK(has(found, "constant_units"));
    CHECK(has(found, "dependent_units"));
    CHECK(plain.flags.empty());
    CHECK(plain.bound == 1);
    REQUIRE(plain.null);
    CHECK(plain.null->mean == Approx(2. * 2 / (2 * 400)).epsilon(0.6));
    CHECK(plain.h_score > 3 * plain.null->high);
    REQUIRE(plain.interval);
    CHECK(plain.interval->low < plain.h_score);

    Tensor constant = make_tensor<float>({5, 2});
    const ScoredFeatures none = scored_features(constant, {0, 1, 0, 1, 2}, 3, {});
    CHECK(none.h_score == 0);
    CHECK(none.rank == 0);
    const DrawnSamples few = drawn_samples(6, 9, 2, 1, 3);  // fewer samples than features
    const ScoredFeatures small = scored_features(few.features, few.labels, 2, {});
    CHECK(small.rank <= 5);
    CHECK(has(small, "few_samples"));
    CHECK(small.h_score <= 0.5 + 1e-6);
    const ScoredFeatures single = scored_features(few.features, std::vector<int>(6, 0), 1, {});
    CHECK(single.h_score == Approx(0).margin(1e-12));
    CHECK(has(single, "single_class"));
}

TEST_CASE("features and labels that do not fit together are refused", "[features]") {
    const DrawnSamples drawn = drawn_samples(6, 2, 2, 1, 3);
    REQUIRE_THROWS_WITH(feature_moments(drawn.features, {0, 1}, 2),
                        Contains("6 samples") && Contains("2 labels"));
    REQUIRE_THROWS_WITH(feature_moments(drawn.features, {0, 1, 2, 0, 0, 0}, 2), Contains("sample 2 is 2"));
}

TEST_CASE("weights match themselves up to what all classes have in common", "[features]") {
    const Joint joint = random_joint(9, 4, 3);
    const FeatureMoments moments = feature_moments_of_table(random_features(9, 2, 4), joint.probability);
    const Matrix best = matched(moments), shifted = best.rowwise() + Eigen::RowVector2d(3, -1);
    const ProjectionMatch same = match_of(shifted, best, moments), twice = match_of(2 * best, best, moments),
                          none = match_of(Matrix::Zero(4, 2), best, moments);
    CHECK(*same.cosine == Approx(1));
    CHECK(*same.relative_error == Approx(0).margin(1e-7));
    CHECK(*twice.cosine == Approx(1));
    CHECK(*twice.relative_error == Approx(1));
    CHECK_FALSE(none.cosine);
    REQUIRE_THROWS_WITH(matched_hidden_weights(moments, best, Vector::Zero(2)), Contains("slope 0"));
}
