// Gauges, scales, integers: what quantization keeps exactly.
#include "runtime/error.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/models.h"
#include "toolkit/quantization/bounds.h"
#include "toolkit/quantization/integer_network.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace fsd;
using namespace fsd::testing;

namespace {

// z of one window by the plainest loop; weights [term, output].
std::vector<double> evidence_of(const ExactLayer &layer, const std::vector<double> &probability) {
    std::vector<double> z = layer.biases;
    for (std::size_t i = 0; i < layer.weights.size(); i++) {
        z[i % z.size()] += probability[i / z.size()] * layer.weights[i];
    }
    return z;
}

double spread(const double *one, const double *other, int count) {
    double least = HUGE_VAL, most = -HUGE_VAL;
    for (int i = 0; i < count; i++) {
        least = std::min(least, one[i] - other[i]);
        most = std::max(most, one[i] - other[i]);
    }
    return most - least;
}

Layer padded(Layer layer, int padding) {
    layer.attributes["padding_y"] = layer.attributes["padding_x"] = padding;
    return layer;
}

Model chain(std::vector<Layer> layers, int colors = 1) {
    Model model;
    model.input = {7, 6, colors};
    model.layers = std::move(layers);
    model.layers.push_back(linear("last", 1, 4));
    model.layers.push_back(plain("log_normalize"));
    return with_parameters(model, 5);
}

}  // namespace

TEST_CASE("centering changes no posterior and makes weights smaller", "[quantization]") {
    std::mt19937 random(1);
    std::exponential_distribution<double> exponential;
    int smaller = 0, layers = 0;
    for (unsigned seed = 0; seed < 40; seed++) {
        for (const ExactLayer &stored : stored_layers(drawn_network(seed))) {
            const ExactLayer small = centered(stored);
            std::vector<double> probability(stored.variables() * stored.input[3]);
            for (std::size_t first = 0; first < probability.size(); first += stored.input[3]) {
                const auto begin = probability.begin() + first, end = begin + stored.input[3];
                std::generate(begin, end, [&] { return exponential(random); });
                const double sum = std::accumulate(begin, end, 0.0);
                std::transform(begin, end, begin, [&](double p) { return p / sum; });
            }
            const std::vector<double> before = evidence_of(stored, probability),
                                      after = evidence_of(small, probability);
            for (int group = 0; group < stored.groups; group++) {
                const int first = group * stored.states;
                CHECK(spread(&before[first], &after[first], stored.states) < 1e-11);
            }
            CHECK(small.largest_weight() <= stored.largest_weight());
            smaller += small.largest_weight() < 0.75 * stored.largest_weight() ? 1 : 0;
            layers++;
        }
    }
    CHECK(smaller > layers / 2);
}

TEST_CASE("padded layers keep their evidence at the border", "[quantization]") {
    // A constant moved from the weights into the bias would show where the window leaves the image.
    const Model model = chain({padded(conv("first", 3, 2, 5), 2), plain("normalize")});
    const ExactLayer stored = stored_layers(model)[0], small = centered(stored);
    CHECK(stored.window.is_padded());
    std::vector<double> nothing(stored.weights.size() / stored.outputs());
    const std::vector<double> before = evidence_of(stored, nothing), after = evidence_of(small, nothing);
    for (int group = 0; group < 2; group++) {
        CHECK(spread(&before[group * 5], &after[group * 5], 5) < 1e-12);
    }
}

TEST_CASE("weights use all of their integers, one scale per output", "[quantization]") {
    const Model model = drawn_network(8);
    for (const int bits : {8, 16}) {
        const QuantizedNetwork network =
            quantize(model, std::vector<LayerBits>(model.layers.size(), {bits, 8}));
        for (const QuantizedLayer &layer : network.layers) {
            REQUIRE(layer.weight_bits() == bits);
            const auto outputs = static_cast<std::size_t>(layer.weights.dim(0).extent());
            std::vector<int> largest(outputs);
            for (std::size_t i = 0; i < layer.weights.number_of_elements(); i++) {
                const int weight = bits == 8 ? static_cast<const int8_t *>(layer.weights.data())[i]
                                             : static_cast<const int16_t *>(layer.weights.data())[i];
                largest[i % outputs] = std::max(largest[i % outputs], std::abs(weight));
            }
            CHECK(std::all_of(largest.begin(), largest.end(),
                              [&](int most) { return most == (bits == 8 ? 127 : 32767); }));
        }
    }
}

TEST_CASE("no weight is off by more than half a unit", "[quantization]") {
    for (unsigned seed = 0; seed < 20; seed++) {
        const Model model = drawn_network(seed);
        const QuantizedNetwork network = quantize(model);
        const std::vector<ExactLayer> stored = stored_layers(model);
        for (std::size_t k = 0; k < stored.size(); k++) {
            const ExactLayer layer = centered(stored[k]);
            const RoundingErrors errors = rounding_errors(layer, network.layers[k]);
            const auto *scales = static_cast<const float *>(network.layers[k].scales.data());
            for (std::size_t i = 0; i < errors.weights.size(); i++) {
                const double part = network.layers[k].takes_log_odds() ? 0.5 : 1;
                const double scale = scales[i % layer.outputs()] * part;
                // The largest weight over a scale rounded to float32 may lie 127 half ulps beyond 127.
                CHECK(std::fabs(errors.weights[i]) <= scale * (0.5 + 1e-9));
            }
        }
    }
}

TEST_CASE("pixels are exact", "[quantization]") {
    Model bytes;
    bytes.input = {16, 16, 1};
    bytes.layers = {padded(conv("first", 2, 1, 3), 0), plain("normalize"), linear("last", 1, 2),
                    plain("log_normalize")};
    const Model unpadded = with_parameters(bytes, 1);
    bytes.layers[0] = padded(bytes.layers[0], 1);
    const Model with_border = with_parameters(bytes, 1);
    std::vector<uint8_t> image(256);
    std::iota(image.begin(), image.end(), uint8_t(0));
    const NumberMap map = fsd::image_map(bytes.input, image.data());
    for (const LayerBits bits : {LayerBits{8, 8}, LayerBits{16, 16}}) {
        const QuantizedNetwork half = quantize(unpadded, {bits, bits}),
                               whole = quantize(with_border, {bits, bits});
        REQUIRE(half.layers[0].takes_log_odds());
        REQUIRE_FALSE(whole.layers[0].takes_log_odds());
        REQUIRE(half.layers[0].activation_bits == 8);
        const std::vector<int32_t> one = rounded_activations(half.layers[0], map),
                                   two = rounded_activations(whole.layers[0], map);
        for (int byte = 0; byte < 256; byte++) {
            CHECK(one[byte] == byte);
            CHECK(two[2 * byte] == 255 - byte);
            CHECK(two[2 * byte + 1] == byte);
        }
    }
}

TEST_CASE("the log-odds form is the form with two states", "[quantization]") {
    // -w and w for the two states, on (255 - v, v): the same integers, twice the multiplications.
    const Model model = chain({conv("first", 3, 1, 6), plain("normalize")}, 3);
    const QuantizedLayer layer = quantize(model).layers[0];
    REQUIRE(layer.takes_log_odds());
    const ExactLayer exact = centered(stored_layers(model)[0]);
    const RoundingErrors errors = rounding_errors(exact, layer);
    const auto outputs = static_cast<std::size_t>(exact.outputs());
    for (std::size_t variable = 0; variable < exact.variables(); variable++) {
        for (std::size_t output = 0; output < outputs; output++) {
            const std::size_t zero = 2 * variable * outputs + output, one = zero + outputs;
            CHECK(exact.weights[zero] == Approx(-exact.weights[one]).margin(1e-13));
            CHECK(errors.weights[zero] == Approx(-errors.weights[one]).margin(1e-13));
        }
    }
}

TEST_CASE("16-bit activations sum to one exactly and lie near the probabilities", "[quantization]") {
    std::mt19937 random(2);
    std::exponential_distribution<double> exponential;
    QuantizedLayer layer;
    layer.activation_bits = 16;
    layer.weights = make_tensor<int16_t>({1, 1, 1, 7, 2});
    for (int trial = 0; trial < 200; trial++) {
        NumberMap map(Shape{1, 1, 1, 7});
        std::generate(map.numbers.begin(), map.numbers.end(), [&] { return exponential(random); });
        const double sum = std::accumulate(map.numbers.begin(), map.numbers.end(), 0.0);
        for (double &number : map.numbers) {
            number /= sum;
        }
        const std::vector<int32_t> integers = rounded_activations(layer, map);
        CHECK(std::accumulate(integers.begin(), integers.end(), 0) == 65535);
        for (int s = 0; s < 7; s++) {
            CHECK(integers[s] >= 0);
            CHECK(std::fabs(integers[s] - 65535 * map.numbers[s]) <= 4);
        }
    }
}

TEST_CASE("integer sums are those of a plain loop in 64 bits", "[quantization]") {
    std::mt19937 random(4);
    for (unsigned seed = 0; seed < 20; seed++) {
        const Model model = drawn_network(seed);
        for (const LayerBits bits : {LayerBits{8, 8}, LayerBits{16, 16}}) {
            const IntegerNetwork network(quantize(model, std::vector<LayerBits>(model.layers.size(), bits)));
            const QuantizedLayer &layer = network.network().layers.back();
            const NumberMap last =
                network.run(drawn_image(model, random).data())[layer.index];  // what the last layer reads
            const std::vector<int32_t> activations =
                network.activations(network.network().layers.size() - 1, last);
            const NumberMap z = network.evidence(network.network().layers.size() - 1, activations);
            const std::size_t outputs = z.numbers.size();
            for (std::size_t output = 0; output < outputs; output++) {
                int64_t sum = 0;
                for (std::size_t i = 0; i < activations.size(); i++) {
                    const std::size_t place = i * outputs + output;
                    sum += int64_t(activations[i]) *
                           (bits.weights == 8 ? static_cast<const int8_t *>(layer.weights.data())[place]
                                              : static_cast<const int16_t *>(layer.weights.data())[place]);
                }
                const double expected = static_cast<const float *>(layer.scales.data())[output] /
                                            layer.activation_scale() * static_cast<double>(sum) +
                                        static_cast<const float *>(layer.biases.data())[output];
                CHECK(z.numbers[output] == expected);
            }
        }
    }
}

TEST_CASE("networks without distributions are refused", "[quantization]") {
    for (const Layer &layer : {plain("relu"), plain("sigmoid"), plain("hard_normalize")}) {
        const Model model = chain({conv("first", 3, 1, 4), layer});
        try {
            quantize(model);
            FAIL(layer.op);
        } catch (const Error &error) {
            CHECK(error.code() == ExitCode::unsupported);
            CHECK_THAT(error.what(), Catch::Contains("layer 1") && Catch::Contains(layer.op));
        }
    }
    const Model pooled = chain({conv("first", 3, 1, 4), plain("normalize"), pool("max_pool", 2, 2)});
    CHECK_THROWS_WITH(quantize(pooled), Catch::Contains("max_pool"));
}
