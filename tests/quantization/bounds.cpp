// The proved bounds, against what is measured on networks and images drawn at random.
#include "runtime/threads.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/models.h"
#include "tests/runtime/reference.h"
#include "toolkit/quantization/measurement.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Both sides are rounded in float64.
constexpr double slack = 1e-9;

struct Posteriors {
    double osc = 0, divergence = 0, variation = 0;
};

Posteriors compare(const double *exact, const double *quantized, int states) {
    double least = HUGE_VAL, most = -HUGE_VAL;
    Posteriors result;
    for (int s = 0; s < states; s++) {
        least = std::min(least, quantized[s] - exact[s]);
        most = std::max(most, quantized[s] - exact[s]);
        result.divergence += std::exp(exact[s]) * (exact[s] - quantized[s]);
        result.variation += std::fabs(std::exp(exact[s]) - std::exp(quantized[s])) / 2;
    }
    result.osc = most - least;
    return result;
}

Tensor images_of(const Model &model, int count, unsigned seed) {
    const auto &[height, width, colors] = model.input.extents();
    Tensor images = make_tensor<uint8_t>({count, height, width, colors});
    std::mt19937 random(seed);
    auto *place = static_cast<uint8_t *>(images.data());
    for (int i = 0; i < count; i++) {
        const std::vector<uint8_t> image = drawn_image(model, random);
        place = std::copy(image.begin(), image.end(), place);
    }
    return images;
}

// A map of distributions, from nearly certain to uniform.
NumberMap drawn_map(const Shape &shape, std::mt19937 &random) {
    NumberMap map(shape);
    std::normal_distribution<double> normal;
    for (std::size_t row = 0; row < map.numbers.size(); row += shape[3]) {
        const double sharpness = std::exp(2 * normal(random));
        for (int s = 0; s < shape[3]; s++) {
            map.numbers[row + s] = sharpness * normal(random);
        }
    }
    map = log_normalized(map);
    for (double &number : map.numbers) {
        number = std::exp(number);
    }
    return map;
}

}  // namespace

TEST_CASE("the float64 network is the formulas' network", "[quantization]") {
    std::mt19937 random(3);
    for (unsigned seed = 0; seed < 20; seed++) {
        const Model model = drawn_network(seed);
        const std::vector<uint8_t> image = drawn_image(model, random);
        const Trace trace = ExactNetwork(model).run(image.data());
        ReferenceMap reference = fsd::testing::image_map(model, image.data());
        for (std::size_t index = 0; index < model.layers.size(); index++) {
            reference = fsd::testing::apply(model, index, reference);
            if (model.layers[index].op.rfind("kld_", 0) == 0) {
                continue;  // evidence is free up to a constant
            }
            REQUIRE(trace[index + 1].shape == reference.shape);
            for (std::size_t i = 0; i < reference.value.size(); i++) {
                // Evidence of a few hundred nats, summed in another gauge and order.
                CHECK(trace[index + 1].numbers[i] == Approx(reference.value[i]).margin(1e-11).epsilon(1e-11));
            }
        }
    }
}

TEST_CASE("no measured error exceeds its bound", "[quantization]") {
    set_threads(usable_cpus());
    double tightest = 0;
    for (unsigned seed = 0; seed < 60; seed++) {
        CAPTURE(seed);
        const Model model = drawn_network(seed);
        const ExactNetwork exact(model);
        const QuantizedNetwork quantized = quantize(model);
        std::vector<LayerBound> bounds;
        for (std::size_t k = 0; k < quantized.layers.size(); k++) {
            bounds.push_back(layer_bound(exact.layers()[k], quantized.layers[k]));
            CHECK(bounds.back().weights <= bounds.back().simple + slack);
        }
        const QuantizationMeasurement measured =
            measure(exact, IntegerNetwork(quantized), bounds, images_of(model, 8, seed));
        for (std::size_t k = 0; k < bounds.size(); k++) {
            CAPTURE(k);
            CHECK(measured.layers[k].violations == 0);
            CHECK(measured.layers[k].local.largest <= bounds[k].total + slack);
            CHECK(measured.layers[k].local.largest_divergence <= bounds[k].divergence() + slack);
            CHECK(measured.layers[k].local.mean <= measured.layers[k].local.largest);
            tightest = std::max(tightest, measured.layers[k].local.largest / bounds[k].total);
        }
        CHECK(measured.layers[0].end_to_end.largest ==
              Approx(measured.layers[0].local.largest).margin(slack));
    }
    // A bound that is far from anything measured would show nothing.
    CHECK(tightest > 0.5);
}

TEST_CASE("bounds hold for any distributions, not for those of networks alone", "[quantization]") {
    std::mt19937 random(11);
    for (unsigned seed = 0; seed < 60; seed++) {
        const Model model = drawn_network(seed);
        const ExactNetwork exact(model);
        const IntegerNetwork integers(quantize(model));
        for (std::size_t k = 0; k < exact.layers().size(); k++) {
            const ExactLayer &layer = exact.layers()[k];
            if (layer.index == 0) {
                continue;
            }
            const LayerBound bound = layer_bound(layer, integers.network().layers[k]);
            const NumberMap input = drawn_map(layer.input, random);
            const NumberMap h = log_normalized(exact.evidence(k, input));
            const NumberMap other = log_normalized(integers.evidence(k, integers.activations(k, input)));
            for (std::size_t row = 0; row < h.numbers.size(); row += layer.states) {
                const Posteriors found = compare(&h.numbers[row], &other.numbers[row], layer.states);
                CHECK(found.osc <= bound.total + slack);
                CHECK(found.divergence <= bound.divergence() + slack);
                CHECK(found.variation <= std::tanh(bound.total / 4) + slack);
            }
        }
    }
}

TEST_CASE("the images that a bound is about attain it", "[quantization]") {
    // Evidence is linear in each pixel, so the worst image is one of black and white pixels.
    Model model;
    model.input = {2, 1, 1};
    model.layers = {linear("last", 1, 5), plain("log_normalize")};
    const std::array<std::array<uint8_t, 2>, 4> images = {{{0, 0}, {0, 255}, {255, 0}, {255, 255}}};
    for (unsigned seed = 0; seed < 20; seed++) {
        const Model drawn = with_parameters(model, seed);
        const ExactNetwork exact(drawn);
        const IntegerNetwork integers(quantize(drawn));
        const LayerBound bound = layer_bound(exact.layers()[0], integers.network().layers[0]);
        double worst = 0;
        for (const std::array<uint8_t, 2> &image : images) {
            const NumberMap h = exact.run(image.data()).back(), other = integers.run(image.data()).back();
            worst = std::max(worst, compare(h.numbers.data(), other.numbers.data(), 5).osc);
        }
        CHECK(worst > 1e-4);
        CHECK(worst == Approx(bound.total).epsilon(1e-9));
    }
}

TEST_CASE("measurements do not depend on the number of threads", "[quantization]") {
    const Model model = drawn_network(5);
    const ExactNetwork exact(model);
    const IntegerNetwork integers(quantize(model));
    const std::vector<LayerBound> bounds(exact.layers().size());
    const Tensor images = images_of(model, 33, 1);
    set_threads(1);
    const QuantizationMeasurement one = measure(exact, integers, bounds, images);
    set_threads(3);
    const QuantizationMeasurement three = measure(exact, integers, bounds, images);
    for (std::size_t k = 0; k < bounds.size(); k++) {
        CHECK(one.layers[k].local.mean == three.layers[k].local.mean);
        CHECK(one.layers[k].end_to_end.mean_divergence == three.layers[k].end_to_end.mean_divergence);
    }
}
