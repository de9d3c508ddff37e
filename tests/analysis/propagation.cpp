// Moments through whole networks: each kind against samples, refusals, flags.
#include "toolkit/analysis/moments/propagation.h"
#include "runtime/error.h"
#include "tests/analysis/random_moments.h"
#include "tests/runtime/models.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/analysis/moments/gaussian.h"
#include "toolkit/analysis/moments/measured.h"
#include "toolkit/analysis/moments/samples.h"
#include "toolkit/analysis/moments/tail.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;
using Catch::Contains;

namespace {

Model network(const Input &input, const std::vector<Layer> &layers) {
    Model model;
    model.input = input;
    model.layers = layers;
    return with_parameters(model, 3);
}

const Input image{6, 5, 2, InputKind::real, {1}, {0}};

// Gaussian inputs with neighbors that are correlated.
Tensor inputs_for(const Model &model, int samples) {
    const int size = model.input.height * model.input.width * model.input.colors;
    const Tensor drawn = gaussian_samples(random_moments(size, 5, 0.5), samples, 9);
    Tensor inputs = make_tensor<float>({samples, model.input.height, model.input.width, model.input.colors});
    std::memcpy(inputs.data(), drawn.data(), inputs.size_in_bytes());
    return inputs;
}

// Behind each layer: the largest difference of means, in deviations, and the relative one of covariances.
void require_agreement(const Model &model, int samples, double means, double covariances) {
    const Tensor inputs = inputs_for(model, samples);
    std::vector<std::size_t> layers;
    for (std::size_t layer = 0; layer <= model.layers.size(); layer++) {
        layers.push_back(layer);
    }
    const auto activations = activations_of(model, inputs, layers);
    const Propagation propagation(model, 0);
    for (const PassedLayer &passed : propagation.run(sample_moments(activations.at(0)))) {
        INFO(describe_layer(model.layers[passed.layer], passed.layer));
        const Moments measured = sample_moments(activations.at(passed.layer + 1));
        const double scale = measured.deviations().maxCoeff();
        CHECK((passed.moments.mean - measured.mean).cwiseAbs().maxCoeff() <= means * scale);
        CHECK((passed.moments.covariance - measured.covariance).norm() <=
              covariances * measured.covariance.norm());
    }
}

}  // namespace

TEST_CASE("affine layers pass the moments of samples exactly", "[moments]") {
    for (const std::vector<Layer> &layers :
         {std::vector<Layer>{real_conv("a", 3, 4, 1, 1, 2), named("batch_norm", "n"),
                             pool("average_pool", 3, 2), real_linear("b", 3)},
          std::vector<Layer>{locally_connected("a", 2, 3, 2, 1), real_linear("b", 2)}}) {
        require_agreement(network(image, layers), 50, 1e-4, 1e-4);
    }
}

TEST_CASE("nonlinear layers pass the moments of Gaussian samples", "[moments]") {
    const Input map{3, 2, 1, InputKind::real, {1}, {0}};
    for (const Layer &layer : {plain("relu"), plain("erf"), quadratic(0.2)}) {
        require_agreement(network(map, {layer, real_linear("b", 3)}), 100000, 0.03, 0.03);
    }
    // Clark's rule takes the maximum of two for Gaussian before it comes to the third.
    require_agreement(network(map, {pool("max_pool", 2, 2), real_linear("b", 3)}), 100000, 0.03, 0.2);
    // Behind relu of five units evidence is far from Gaussian.
    require_agreement(
        network({1, 1, 4, InputKind::vector, {1}, {0}},
                {real_linear("a", 5), plain("relu"), real_linear("b", 3), plain("log_softmax")}),
        100000, 0.12, 0.5);
}

TEST_CASE("networks of distributions pass moments from their evidence on", "[moments]") {
    Model model = small_model();
    Tensor images = make_tensor<float>({2000, model.input.height, model.input.width, model.input.colors});
    std::mt19937 random(1);
    auto *values = static_cast<float *>(images.data());
    std::generate_n(values, images.number_of_elements(), [&] { return float(random() % 1000) / 999.F; });
    std::vector<std::size_t> layers;
    for (std::size_t layer = 0; layer <= model.layers.size(); layer++) {
        layers.push_back(layer);
    }
    const auto activations = activations_of(model, images, layers);
    const auto passed = Propagation(model, 0).run(sample_moments(activations.at(0)));
    for (const PassedLayer &one : passed) {
        INFO(describe_layer(model.layers[one.layer], one.layer));
        const Moments measured = sample_moments(activations.at(one.layer + 1));
        CHECK(one.moments.mean.isApprox(measured.mean, 0.05));
        // The first evidence is affine in the probabilities; behind it Gaussian log-odds are an
        // approximation.
        CHECK((one.moments.covariance - measured.covariance).norm() <=
              (one.layer == 0 ? 1e-4 : 0.25) * measured.covariance.norm());
    }
    CHECK(!Propagation(model, 0).neglects().empty());
}

TEST_CASE("what cannot be followed is refused with a sentence", "[moments]") {
    Model model =
        network(image, {real_conv("a", 3, 4), plain("relu"), real_linear("b", 3), plain("log_softmax")});
    CHECK_THROWS_WITH(Propagation(model, 4), Contains("4 layers"));
    CHECK_THROWS_WITH(Propagation(model, 1).run(random_moments(3, 1)),
                      Contains("48 numbers") && Contains("3"));
    const Model large =
        network({80, 80, 1, InputKind::real, {1}, {0}},
                {real_conv("a", 3, 1, 4), plain("relu"), real_linear("b", 3), plain("log_softmax")});
    try {
        const Propagation followed(large, 0);
        FAIL("a map of 6400 numbers was followed");
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::unsupported);
        CHECK_THAT(error.what(), Contains("6400 numbers") && Contains("--from-layer 1"));
    }
    Model pools = small_model();
    pools.layers[1].op = "hard_normalize";
    CHECK_THROWS_WITH(Propagation(pools, 0), Contains("hard_normalize") && Contains("--from-layer 2"));
}

TEST_CASE("units that never change are counted", "[moments]") {
    Model model = network({1, 1, 3, InputKind::vector, {1}, {0}},
                          {real_linear("a", 4), plain("relu"), real_linear("b", 2), plain("log_softmax")});
    auto *bias = static_cast<float *>(model.tensors.at("a.bias").data());
    bias[2] = -1000;
    const auto passed = Propagation(model, 0).run(random_moments(3, 2));
    CHECK(passed[1].dead == 1);
    CHECK(passed[1].deterministic == 1);
    CHECK(passed[0].dead == 0);
    CHECK(passed[3].moments.covariance.allFinite());
    const auto diagonal = Propagation(model, 0, {16, true}).run(random_moments(3, 2));
    CHECK(diagonal[2].moments.covariance(0, 1) == 0);
}

TEST_CASE("the end of a network is a network", "[moments]") {
    const Model model =
        network(image, {real_conv("a", 3, 4), plain("relu"), real_linear("b", 3), plain("log_softmax")});
    const Tensor inputs = inputs_for(model, 7);
    const auto whole = activations_of(model, inputs, {0, 2, 4});
    const std::optional<Model> tail = tail_of(model, 2);
    REQUIRE(tail.has_value());
    const auto end = activations_of(*tail, whole.at(2), {2});
    const auto *expected = static_cast<const float *>(whole.at(4).data()),
               *found = static_cast<const float *>(end.at(2).data());
    CHECK(std::equal(expected, expected + 21, found));
    CHECK(!tail_of(small_model(), 2).has_value());
}

TEST_CASE("studies leave out classes without a covariance, and say so", "[moments]") {
    const Model model =
        network({1, 1, 4, InputKind::vector, {1}, {0}},
                {real_linear("a", 6), plain("relu"), real_linear("b", 3), plain("log_softmax")});
    Dataset data;
    data.features = inputs_for(model, 40);
    data.classes = {"many", "few", "one", "none"};
    for (int sample = 0; sample < 40; sample++) {
        data.labels.push_back(sample == 39 ? 2 : sample >= 36 ? 1 : 0);
    }
    StudyOptions options;
    options.order = 3;
    const Study study = study_data(model, data, options);
    CHECK_FALSE(study.classes[0].left_out);
    CHECK(study.classes[1].rank_deficient);
    CHECK(study.classes[2].left_out);
    CHECK(study.classes[3].left_out);
    for (const LayerStudy &layer : study.layers) {
        CHECK(std::isfinite(layer.error.mean + layer.error.deviation + layer.error.covariance +
                            layer.error.divergence));
    }
    CHECK(study.layers[0].error.covariance < 1e-4);
    CHECK(study.notes.size() >= 3);
    data.labels.assign(40, 3);
    data.labels[0] = 0;
    CHECK_NOTHROW(study_data(model, data, options));
    data.classes = {"none", "one"};
    data.labels.assign(40, 5);
    CHECK_THROWS_WITH(study_data(model, data, options), Contains("two samples"));
}
