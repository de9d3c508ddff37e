// The quick criteria of the experiments: moments predict trained networks (docs/analysis.md).
#include "experiments/quadratic_xor.h"
#include "experiments/training.h"
#include "experiments/xor_data.h"
#include "experiments/xor_network.h"
#include "toolkit/analysis/moments/propagation.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::experiments;

TEST_CASE("moments of components predict a network for the exclusive or", "[experiments]") {
    const Model model = trained_xor({10}, 0);
    const XorSampled sampled = sampled_xor(model, 400000);
    const XorMoments predicted = predicted_xor(model, XorRule::components);
    const XorErrors full = xor_errors(predicted, sampled.classes);
    CHECK(full.mean <= 0.01);      // X1
    CHECK(full.variance <= 0.02);  // X1
    const XorMoments diagonal = predicted_xor(model, XorRule::diagonal);
    CHECK(xor_errors(diagonal, sampled.classes).variance >= 50 * full.variance);  // X2
    CHECK(std::fabs(xor_loss(predicted) / sampled.loss - 1) <= 0.02);             // X3
    CHECK(xor_loss(diagonal) / sampled.loss >= 3);                                // X3
    CHECK(sampled.accuracy >= 0.965);                                             // X6
}

TEST_CASE("a quadratic network learns from the moments of classes alone", "[experiments]") {
    const Model model = quadratic_xor(10, 0.5, false, 1);
    const XorMoments predicted = predicted_xor(model, XorRule::components);
    const XorSampled sampled = sampled_xor(model, 400000);
    for (std::size_t label = 0; label < 2; label++) {
        CHECK(std::fabs(predicted[label].mean[0] - sampled.classes[label].mean[0]) <= 0.005);
        CHECK(predicted[label].mean[0] == Approx(xor_target(static_cast<int>(label))).margin(0.01));
        // The mean behind a quadratic layer is exact whatever the distribution is: one Gaussian serves as
        // well.
        CHECK(predicted_xor(model, XorRule::one)[label].mean[0] ==
              Approx(predicted[label].mean[0]).margin(1e-5));
    }
    CHECK(sampled.accuracy > 0.5);
}
