// Decisions under input noise, predicted and sampled.
#include "toolkit/analysis/moments/noise.h"
#include "runtime/error.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;
using Catch::Contains;

namespace {

Dataset vectors(int samples, int size) {
    Dataset data;
    data.features = make_tensor<float>({samples, 1, 1, size});
    std::mt19937 random(4);
    std::normal_distribution<float> normal;
    std::generate_n(static_cast<float *>(data.features.data()), data.features.number_of_elements(),
                    [&] { return normal(random); });
    for (int sample = 0; sample < samples; sample++) {
        data.labels.push_back(sample % 3);
    }
    data.classes = {"a", "b", "c"};
    return data;
}

}  // namespace

TEST_CASE("noise moves decisions as predicted", "[moments]") {
    Model model;
    model.input = {1, 1, 6, InputKind::vector, {0.5}, {0.1}};
    model.layers = {real_linear("a", 20), plain("relu"),       real_linear("b", 20),
                    plain("relu"),        real_linear("c", 3), plain("log_softmax")};
    model = with_parameters(model, 1);
    NoiseOptions options;
    options.samples = 20000;
    const std::vector<NoiseLevel> levels = noise_levels(model, vectors(60, 6), {0, 0.3, 1}, options);
    for (const NoiseLevel &level : levels) {
        CHECK(level.samples >= 19000);
        CHECK(std::fabs(level.accuracy - level.sampled_accuracy) <= 0.02);
        CHECK(std::fabs(level.loss - level.sampled_loss) <= 0.03 * level.sampled_loss);
    }
    CHECK(std::fabs(levels[0].loss - levels[0].sampled_loss) <= 1e-4 * levels[0].sampled_loss);
    CHECK(levels[0].accuracy == Approx(levels[0].sampled_accuracy));
}

TEST_CASE("noise is refused where there are no decisions", "[moments]") {
    Model model;
    model.input = {1, 1, 6, InputKind::vector, {1}, {0}};
    model.layers = {real_linear("a", 3)};
    model = with_parameters(model, 1);
    model.classes.clear();
    CHECK_THROWS_WITH(noise_levels(model, vectors(6, 6), {1}), Contains("classes"));
}
