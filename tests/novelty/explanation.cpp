// What pixels say: exact differences, which add up where the evidence is a sum.
#include "toolkit/evaluation/explanation.h"

#include "runtime/error.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace fsd;
using namespace fsd::testing;

namespace {

// One layer: the log-odds are those of the prior plus what each pixel says.
Model one_layer() {
    Model model;
    model.input = {9, 7, 1};
    model.layers = {linear("classes", 1, 5), plain("log_normalize")};
    return with_parameters(model, 11);
}

double log_odds_of_nothing(const Model &model, const Explanation &explanation) {
    Network network(model);
    const auto &[height, width, colors] = model.input.extents();
    Tensor image = make_tensor<std::uint8_t>({1, height, width, colors}),
           mask = make_tensor<std::uint8_t>({1, height, width, 1});
    Tensor result = make_tensor<float>({1, network.result_size()});
    network.run({image, result, &mask});
    const auto *row = static_cast<const float *>(result.data());
    return static_cast<double>(row[explanation.label]) - row[explanation.rival];
}

double sum_of(const Explanation &explanation) {
    return std::accumulate(explanation.nats.begin(), explanation.nats.end(), 0.);
}

// Each difference is that of two posteriors in float32: of each, two numbers of at most 300 nats, rounded to
// 2^-24 of them, from evidence of 126 terms.
constexpr double bound_of_difference = 4 * 300 * 126 * 6e-8;

}  // namespace

TEST_CASE("in one layer, what the pixels say adds up to the log-odds, whatever the squares",
          "[explanation]") {
    const Model model = one_layer();
    Network network(model);
    const Tensor images = random_images(model, 3, 4);
    for (int sample = 0; sample < 3; sample++) {
        const Explanation single = explain(network, images, sample, {1, 1});
        REQUIRE(single.nats.size() == 63);
        REQUIRE(single.log_odds >= 0);
        const double said = single.log_odds - log_odds_of_nothing(model, single);
        CAPTURE(sample, said, sum_of(single));
        REQUIRE(std::fabs(sum_of(single) - said) <= 63 * bound_of_difference / 126);
        // Squares that overlap see every pixel of the inside equally often; their shares are means of what
        // the pixels said, so that a square of one pixel's neighbors is between the least and the most of
        // them.
        const Explanation squares = explain(network, images, sample, {3, 2});
        const auto [least, most] = std::minmax_element(single.nats.begin(), single.nats.end());
        for (const double nats : squares.nats) {
            REQUIRE(nats >= *least - bound_of_difference);
            REQUIRE(nats <= *most + bound_of_difference);
        }
    }
}

TEST_CASE("a pixel says n p log q of the class minus that of its rival", "[explanation]") {
    const Model model = one_layer();
    Network network(model);
    const Tensor images = random_images(model, 1, 4);
    const Explanation single = explain(network, images, 0, {1, 1});
    const auto *log_q = static_cast<const float *>(model.tensor("classes.log_likelihood").data());
    const double n = static_cast<const float *>(model.tensor("classes.observations").data())[0];
    for (std::size_t pixel = 0; pixel < 63; pixel++) {
        const double p = static_cast<const std::uint8_t *>(images.data())[pixel] / 255.;
        const float *black = log_q + 10 * pixel, *white = black + 5;
        const int label = single.label, rival = single.rival;
        const double exact =
            n * ((1 - p) * (double(black[label]) - black[rival]) + p * (double(white[label]) - white[rival]));
        CAPTURE(pixel, exact, single.nats[pixel]);
        REQUIRE(std::fabs(single.nats[pixel] - exact) <= bound_of_difference / 10);
    }
}

TEST_CASE("squares tile the image, and one square is all of it", "[explanation]") {
    Model model;
    model.input = {12, 12, 3};
    model.layers = {conv("first", 5, 1, 8), plain("normalize"), pool("marginal_pool", 2, 2),
                    linear("classes", 1, 4), plain("log_normalize")};
    model = with_parameters(model, 5);
    Network network(model);
    const Tensor images = random_images(model, 1, 4);
    const Explanation whole = explain(network, images, 0, {12, 12});
    const double expected = whole.log_odds - log_odds_of_nothing(model, whole);
    for (const double nats : whole.nats) {
        REQUIRE(nats == Approx(expected / 144).margin(1e-6));
    }
    // 12 is no multiple of 5: the last squares end where the image does, and every pixel is covered.
    const Explanation squares = explain(network, images, 0, {5, 5});
    for (const double nats : squares.nats) {
        REQUIRE(std::isfinite(nats));
    }
    REQUIRE(explain(network, images, 0, {1, 1}).nats.size() == 144);
}

TEST_CASE("squares that make no sense are refused", "[explanation]") {
    const Model model = one_layer();
    Network network(model);
    const Tensor images = random_images(model, 1, 4);
    for (const ExplanationOptions options : {ExplanationOptions{0, 1}, {10, 1}, {3, 4}, {3, 0}}) {
        try {
            explain(network, images, 0, options);
            FAIL("explained");
        } catch (const Error &error) {
            REQUIRE(error.code() == ExitCode::usage);
        }
    }
}
