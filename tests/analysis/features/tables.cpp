// Joint tables: counts of codes, what is left out, what is refused; bands by resampling.
#include "tests/analysis/features/random_joint.h"
#include "toolkit/analysis/features/codes.h"
#include "toolkit/analysis/features/discrete_features.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;
using Catch::Contains;

namespace {

bool has(const std::vector<std::string> &flags, const char *flag) {
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

DiscreteFeatures of_codes(const std::vector<int> &codes, int count, const std::vector<int> &labels,
                          int classes, int features = 0) {
    DiscreteOptions options;
    options.features = features;
    return discrete_features(counts_of_codes(codes, count, classes), labels, options);
}

}  // namespace

TEST_CASE("values and classes that never occur are left out", "[features]") {
    Matrix table = Matrix::Zero(4, 3);
    table.row(1) << 0.25, 0, 0.25;
    table.row(3) << 0.5, 0, 0;
    const Joint joint = joint_of_table(table, "The table");
    CHECK(joint.row_numbers == std::vector<int>{1, 3});
    CHECK(joint.column_numbers == std::vector<int>{0, 2});
    CHECK(joint.dropped_rows == 2);
    CHECK(joint.dropped_columns == 1);
    const DiscreteFeatures found = discrete_features(joint, {});
    CHECK(has(found.flags, "unseen_values"));
    CHECK(has(found.flags, "unseen_classes"));
    CHECK(found.correlations.allFinite());
}

TEST_CASE("tables that are no distribution are refused in sentences", "[features]") {
    Matrix table(2, 2);
    table << 0.5, 0.25, 0.25, 0.25;
    REQUIRE_THROWS_WITH(joint_of_table(table, "The table in 'p.npy'"),
                        Contains("'p.npy' sums to 1.25") && Contains("Divide counts"));
    table(0, 0) = -0.1;
    REQUIRE_THROWS_WITH(joint_of_table(table, "The table"), Contains("-0.1 in row 0, column 0"));
    table(0, 0) = std::nan("");
    REQUIRE_THROWS_WITH(joint_of_table(table, "The table"), Contains("must be finite"));
    REQUIRE_THROWS_WITH(joint_of_counts(Matrix::Zero(2, 2), "The table"), Contains("counts nothing"));
    REQUIRE_THROWS_WITH(joint_of_table(Matrix(0, 0), "The table"), Contains("no numbers"));
}

TEST_CASE("a single class tells nothing, a class that is known everything", "[features]") {
    const std::vector<int> codes = {0, 1, 2, 0, 1, 2, 3, 3};
    const DiscreteFeatures single = of_codes(codes, 4, std::vector<int>(8, 0), 1, 1);
    CHECK(single.information == 0);
    CHECK(single.correlations.maxCoeff() <= 1e-12);
    CHECK(has(single.flags, "single_class"));
    CHECK(has(single.flags, "fewer_features"));
    CHECK(has(single.flags, "few_samples"));
    const DiscreteFeatures known = of_codes(codes, 4, {0, 1, 0, 0, 1, 0, 2, 2}, 3);
    CHECK(known.information == Approx(known.class_entropy));
    CHECK(has(known.flags, "deterministic"));
    CHECK(has(known.flags, "tied"));
}

TEST_CASE("independent labels lie in the band of chance, dependent ones above it", "[features]") {
    std::mt19937 random(4);
    std::vector<int> codes, independent, dependent;
    for (int i = 0; i < 3000; i++) {
        codes.push_back(static_cast<int>(random() % 8));
        independent.push_back(static_cast<int>(random() % 3));
        dependent.push_back(random() % 2 == 0 ? codes.back() % 3 : independent.back());
    }
    const DiscreteFeatures chance = of_codes(codes, 8, independent, 3),
                           real = of_codes(codes, 8, dependent, 3);
    REQUIRE(chance.null.size() == 3);
    CHECK(chance.correlations[0] < 1.5 * chance.null[0].high);
    CHECK(chance.information < 3 * chance.information_null->mean);
    CHECK(real.correlations[0] > 3 * real.null[0].high);
    CHECK(real.interval[0].low < real.correlations[0]);
    CHECK(real.interval[0].high > real.correlations[0] - 0.02);
    CHECK(real.interval[0].draws == 20);
    // The plug-in information is too large by about (values - 1)(classes - 1) / 2N.
    CHECK(chance.information_null->mean == Approx(7. * 2 / (2 * 3000)).epsilon(0.4));
}

TEST_CASE("a variable whose states are known with certainty has the counts of its codes", "[features]") {
    const std::vector<int> codes = {0, 2, 1, 2, 0, 1, 1}, labels = {0, 1, 1, 0, 1, 0, 1};
    Tensor posterior = make_tensor<float>({7, 3});
    std::vector<int> all;
    for (int i = 0; i < 7; i++) {
        static_cast<float *>(posterior.data())[3 * i + codes[i]] = 1;
        all.push_back(i);
    }
    const Matrix counts = counts_of_posterior(posterior, 2)(all, labels);
    CHECK((counts - joint_counts(codes, 3, labels, 2)).cwiseAbs().maxCoeff() <= 1e-12);
}

TEST_CASE("bins hold equally many, equal numbers share one, clusters are found", "[features]") {
    const Codes bins = equal_frequency_codes({5, 1, 4, 2, 3, 0}, 3);
    CHECK(bins.code == std::vector<int>{2, 0, 2, 1, 1, 0});
    const Codes ties = equal_frequency_codes({1, 1, 1, 1, 2, 3}, 3);
    CHECK(ties.count == 2);
    CHECK(ties.code == std::vector<int>{0, 0, 0, 0, 1, 1});
    CHECK(equal_frequency_codes({7, 7, 7}, 4).count == 1);
    const DrawnSamples drawn = drawn_samples(600, 4, 3, 30, 2);
    const Codes clusters = cluster_codes(drawn.features, 3, 1);
    const DiscreteFeatures found = of_codes(clusters.code, clusters.count, drawn.labels, 3);
    CHECK(found.correlations[1] > 0.99);
    CHECK(cluster_codes(drawn.features, 3, 1).code == clusters.code);
    Tensor constant = make_tensor<float>({5, 2});
    CHECK(cluster_codes(constant, 3, 1).count == 1);
    REQUIRE_THROWS_WITH(codes_of(constant, 1, 0), Contains("2 or more"));
}
