// Features of networks: states as exact discrete variables, numbers as codes, the output layer's projection.
#include "runtime/error.h"
#include "tests/analysis/features/random_joint.h"
#include "tests/runtime/models.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/analysis/features/feature_plots.h"
#include "toolkit/analysis/features/posteriors.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;
using Catch::Contains;

namespace {

// Images of noise, brighter above in class 1 and below in class 2.
Dataset images(const Model &model, int count) {
    std::mt19937 random(3);
    Dataset data;
    const Input &input = model.input;
    data.images = make_tensor<std::uint8_t>({count, input.height, input.width, input.colors});
    auto *next = static_cast<std::uint8_t *>(data.images.data());
    for (int sample = 0; sample < count; sample++) {
        data.labels.push_back(static_cast<int>(random() % model.classes.size()));
        for (int y = 0; y < input.height; y++) {
            const int bright = data.labels.back() == 1 ? y < 4 : data.labels.back() == 2 ? y >= 4 : 0;
            for (int x = 0; x < input.width * input.colors; x++) {
                *next++ = static_cast<std::uint8_t>(random() % 128 + 100U * static_cast<unsigned>(bright));
            }
        }
    }
    data.classes = model.classes;
    data.source = "drawn images";
    return data;
}

Model state_network() {
    Model model;
    model.input = {8, 8, 1};
    model.layers = {conv("first", 3, 1, 4), plain("normalize"), pool("marginal_pool", 2, 2),
                    linear("last", 1, 3), plain("log_normalize")};
    return with_parameters(model, 3);
}

Model ordinary_network() {
    Model model;
    model.input = {8, 8, 1, InputKind::real};
    model.layers = {real_conv("first", 3, 5), plain("relu"), real_linear("last", 3), plain("log_softmax")};
    return with_parameters(model, 3);
}

const LayerFeatures &at(const std::vector<LayerFeatures> &all, std::size_t layer) {
    return all.at(layer);
}

}  // namespace

TEST_CASE("each position of a layer of states is a variable, the joint distribution is exact", "[features]") {
    const Model model = state_network();
    const Dataset data = images(model, 200);
    const auto layers = layer_features(model, data, {});
    REQUIRE(layers.size() == 6);
    const LayerFeatures &states = at(layers, 2);
    REQUIRE(states.variables == 36);
    REQUIRE(states.states == 4);
    // P(h, y) = mean of q(h | x) over the samples of y, straight from the definition.
    const Tensor posterior = activations_of(model, data.inputs(), {2}).at(2);
    Matrix joint = Matrix::Zero(4, 3);
    for (int sample = 0; sample < 200; sample++) {
        for (int state = 0; state < 4; state++) {
            joint(state, data.labels[sample]) +=
                static_cast<const float *>(posterior.data())[(sample * 36 + states.variable) * 4 + state] /
                200.;
        }
    }
    CHECK(states.discrete->information ==
          Approx(mutual_information(joint_of_counts(joint, "The table"))).epsilon(1e-9));
    CHECK(*states.mean_information <= states.discrete->information);
    CHECK(*states.input_information >= *states.mean_information - 1e-6);  // data processing
    CHECK(states.scored->units == 144);
    CHECK(states.scored->rank <= 108);  // the states of a variable sum to 1
    CHECK(at(layers, 0).variables == 64);
    CHECK(at(layers, 5).variables == 1);
    CHECK(at(layers, 5).behind == "log_normalize");
    // Log-evidence is numbers.
    CHECK(at(layers, 1).variables == 0);
    CHECK(at(layers, 1).discrete->values <= 32);
}

TEST_CASE("the information of a state and the sample is that of the definition", "[features]") {
    Tensor posterior = make_tensor<float>({2, 4});
    const float rows[] = {1, 0, 0.5f, 0.5f, 0, 1, 0.5f, 0.5f};
    std::copy_n(rows, 8, static_cast<float *>(posterior.data()));
    CHECK(mean_input_information(posterior, 2) == Approx(std::log(2.) / 2).epsilon(1e-6));
    const ActivationType type{{1, 1, 2, 2}, ActivationKind::probability};
    CHECK(posteriors_of(posterior, type));
    static_cast<float *>(posterior.data())[0] = 0.5f;
    CHECK_FALSE(posteriors_of(posterior, type));  // does not sum to 1
    CHECK_FALSE(posteriors_of(posterior, {{1, 1, 2, 2}, ActivationKind::real}));
}

TEST_CASE("numbers become codes, wide layers are left alone, one layer may be asked for", "[features]") {
    const Model model = ordinary_network();
    const Dataset data = images(model, 300);
    FeatureOptions options;
    options.codes = 8;
    options.discrete.features = 2;
    options.layer = 2;
    const auto layers = layer_features(model, data, options);
    REQUIRE(layers.size() == 1);
    CHECK(layers[0].discrete->values == 8);
    CHECK(layers[0].discrete->correlations[0] > 0.9);  // the classes are easy
    REQUIRE(layers[0].discrete->alternation);
    CHECK((layers[0].discrete->alternation->correlations - layers[0].discrete->correlations.head(2))
              .cwiseAbs()
              .maxCoeff() <= 1e-9);
    options.layer = 9;
    REQUIRE_THROWS_WITH(layer_features(model, data, options), Contains("0 (the input) to 4; found 9"));
    const Tensor wide = make_tensor<float>({3, 2000});
    const LayerFeatures none = array_features(wide, {0, 1, 1}, 2, {});
    CHECK(none.flags == std::vector<std::string>{"too_wide"});
    CHECK_FALSE(none.discrete);
    REQUIRE_THROWS_WITH(feature_plots({none}), Contains("too many numbers"));
}

TEST_CASE("the matched projection of an output layer is no worse than its weights", "[features]") {
    for (const Model &model : {state_network(), ordinary_network()}) {
        const Dataset data = images(model, 400);
        const auto found = output_projection(model, data, data);
        REQUIRE(found);
        CHECK(found->layer == model.layers.size() - 2);
        CHECK(found->trained_h_score <= found->h_score + 1e-9);
        CHECK(found->h_score > 0.5);
        CHECK(found->matched_accuracy > 0.9);  // weights are random, features are good enough
        CHECK(found->accuracy < found->matched_accuracy);
        CHECK(found->class_entropy == Approx(std::log(3.)).epsilon(0.01));
        REQUIRE(found->match.cosine);
        CHECK(std::fabs(*found->match.cosine) < 0.95);
    }
    Model headless = ordinary_network();
    headless.layers.pop_back();
    headless.classes.clear();
    CHECK_FALSE(output_projection(headless, images(ordinary_network(), 10), images(ordinary_network(), 10)));
}
