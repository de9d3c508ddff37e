// In which sense relu and sigmoid approximate or are Bayes' rule (MATH 4.1).
#include "cases/case.h"
#include "tests/laws/run_kernel.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Log-odds from -100 to 100, among them 0.
Floats log_odds() {
    Floats row{{1, 20001}, {}};
    for (int i = -10000; i <= 10000; i++) {
        row.data.push_back(static_cast<float>(i) / 100);
    }
    return row;
}

Floats apply(const std::string &op, const Floats &evidence) {
    return run_kernel(op, {{"log_evidence", evidence}}).at("activation");
}

Floats negated(Floats row) {
    std::transform(row.data.begin(), row.data.end(), row.data.begin(), [](float x) { return -x; });
    return row;
}

}  // namespace

TEST_CASE("relu is below -log P(background) = softplus by at most min(log 2, exp(-|x|))", "[laws]") {
    const Floats evidence = log_odds(), activation = apply("relu", evidence);
    for (std::size_t i = 0; i < evidence.data.size(); i++) {
        const double x = evidence.data[i], softplus = std::max(x, 0.0) + std::log1p(std::exp(-std::fabs(x)));
        const double gap = softplus - activation.data[i];
        REQUIRE(gap >= 0);
        REQUIRE(gap <= std::min(std::log(2.0), std::exp(-std::fabs(x))) * (1 + 1e-15) + 1e-15 * softplus);
        REQUIRE((gap > 0.6931) == (x == 0));
    }
}

TEST_CASE("sigmoid is Bayes' rule for two states", "[laws]") {
    const Floats evidence = log_odds(), activation = apply("sigmoid", evidence);
    Floats logits{{static_cast<int>(evidence.data.size()), 1, 2}, {}};
    for (float x : evidence.data) {
        logits.data.insert(logits.data.end(), {0, x});
    }
    const Floats posterior = run_kernel("normalize", {{"logits", logits}}).at("posterior");
    for (std::size_t i = 0; i < evidence.data.size(); i++) {
        // Both are within 2 epsilons, relative; below the normal numbers exp gives 0.
        const double p = posterior.data[2 * i + 1];
        REQUIRE(std::fabs(activation.data[i] - p) <= 4 * epsilon * p);
    }
}

TEST_CASE("sigmoid(x) + sigmoid(-x) = 1, and sigmoid does not fall", "[laws]") {
    const Floats evidence = log_odds();
    const Floats activation = apply("sigmoid", evidence), mirrored = apply("sigmoid", negated(evidence));
    for (std::size_t i = 0; i < evidence.data.size(); i++) {
        REQUIRE(std::fabs(double(activation.data[i]) + mirrored.data[i] - 1) <= 2 * epsilon);
        REQUIRE((i == 0 || activation.data[i] >= activation.data[i - 1]));
    }
}
