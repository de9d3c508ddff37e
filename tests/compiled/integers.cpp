// Compiled 8-bit networks against the portable evaluation, which is what a quantized file means.
#include "compiler/packed_integers.h"
#include "tests/compiled/shared_object.h"
#include "tests/compiled/target.h"
#include "tests/quantization/networks.h"
#include "toolkit/quantization/integer_network.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr unsigned networks = 24;
constexpr int images = 8;
constexpr double half_ulp = 0x1p-24;

// Sharper posteriors, whose exponentials need a clamp or a peak.
QuantizedNetwork stretched(QuantizedNetwork network, float factor) {
    for (QuantizedLayer &layer : network.layers) {
        for (Tensor *numbers : {&layer.scales, &layer.biases}) {
            auto *first = static_cast<float *>(numbers->data());
            std::transform(first, first + numbers->number_of_elements(), first,
                           [&](float number) { return factor * number; });
        }
    }
    return network;
}

QuantizedNetwork drawn(unsigned seed) {
    const float factors[] = {1, 1, 6, 30};
    return stretched(quantize(drawn_network(seed)), factors[seed / 2 % 4]);
}

double largest(const std::vector<double> &numbers) {
    double most = 0;
    for (const double number : numbers) {
        most = std::max(most, std::fabs(number));
    }
    return most;
}

double largest(const Tensor &tensor) {
    const auto *numbers = static_cast<const float *>(tensor.data());
    return largest(std::vector<double>(numbers, numbers + tensor.number_of_elements()));
}

// Nats by which the evidence of a layer may be off, whose integers are right: factor, bias, product and sum
// are rounded, and a peak or an offset is subtracted.
double evidence_error(const QuantizedLayer &layer, const NumberMap &evidence) {
    return 8 * half_ulp * (largest(evidence.numbers) + 2 * largest(layer.biases));
}

// By what part of its size a posterior in float32, pooled, may be off: two exponentials within 2^-18.5 and
// their arguments' errors; sums over up to 20 states and 9 sites; maxima that are divided by their sum.
double posterior_error(const QuantizedLayer &layer, const NumberMap &evidence) {
    return 2 * (2 * (std::exp2(-18.5) + evidence_error(layer, evidence)) + 64 * half_ulp);
}

// True where the compiled network must round every activation as float64 does: none lies within the errors
// of float32 from the middle between two integers.
bool is_clear(const QuantizedNetwork &network, const Trace &trace) {
    for (std::size_t k = 1; k < network.layers.size(); k++) {
        const QuantizedLayer &before = network.layers[k - 1];
        const double error = posterior_error(before, trace[before.index + 1]);
        for (const double p : trace[network.layers[k].index].numbers) {
            const double scaled = 255 * p;
            if (std::fabs(scaled - std::floor(scaled) - 0.5) <= scaled * error + 256 * half_ulp) {
                return false;
            }
        }
    }
    return true;
}

struct Comparison {
    int clear = 0;
    double worst = 0;  // of the differences of log-posteriors, in units of what is allowed
};

void compare(const IntegerNetwork &expected, CompiledNetwork compiled, unsigned seed,
             Comparison &comparison) {
    const QuantizedNetwork &network = expected.network();
    std::mt19937 random(seed);
    for (int i = 0; i < images; i++) {
        const std::vector<uint8_t> image = drawn_image(network.description, random);
        const Trace trace = expected.run(image.data());
        std::vector<float> found(trace.back().numbers.size());
        REQUIRE(compiled(image.data(), 1, found.data()) == 0);
        const double mass = std::accumulate(found.begin(), found.end(), 0.0, [](double sum, float number) {
            return sum + std::exp(static_cast<double>(number));
        });
        REQUIRE(mass == Approx(1).epsilon(1e-4));
        if (!is_clear(network, trace)) {
            continue;
        }
        comparison.clear++;
        const QuantizedLayer &last = network.layers.back();
        const double allowed = 2 * evidence_error(last, trace[last.index + 1]) +
                               16 * half_ulp * (1 + largest(trace.back().numbers));
        for (std::size_t c = 0; c < found.size(); c++) {
            comparison.worst =
                std::max(comparison.worst, std::fabs(found[c] - trace.back().numbers[c]) / allowed);
        }
    }
}

// One layer over the whole image, whose evidence is the integers themselves over 1024.
QuantizedNetwork one_layer(int height, int width, int colors, int outputs) {
    Model model;
    model.input = {height, width, colors};
    model.layers = {linear("only", 1, outputs), plain("log_normalize")};
    QuantizedNetwork network = quantize(with_parameters(model, 1));
    auto *scales = static_cast<float *>(network.layers[0].scales.data());
    auto *biases = static_cast<float *>(network.layers[0].biases.data());
    std::fill_n(scales, outputs, 255.f / 1024);
    std::fill_n(biases, outputs, 0.f);
    return network;
}

// One layer of 18 outputs whose weights are the largest and the least: output 0 has 127 everywhere, 1 nearly
// everywhere, 2 has -127; the others are mixed.
QuantizedNetwork extreme_layer(int width, int colors) {
    QuantizedNetwork network = one_layer(12, width, colors, 18);
    auto *weights = static_cast<int8_t *>(network.layers[0].weights.data());
    std::mt19937 random(static_cast<unsigned>(width));
    for (std::size_t i = 0; i < network.layers[0].weights.number_of_elements(); i++) {
        const std::size_t output = i % 18;
        const bool up = output == 0 || (output == 1 && i > 100) || (output > 2 && random() % 2 == 0);
        weights[i] = static_cast<int8_t>(up ? 127 : -127);
    }
    return network;
}

// Image 0 is white, image 1 black, the others are mostly white.
std::vector<uint8_t> bright_image(std::size_t bytes, int number, std::mt19937 &random) {
    std::vector<uint8_t> image(bytes, number == 1 ? 0 : 255);
    for (std::size_t i = 0; number > 1 && i < bytes; i++) {
        image[i] = static_cast<uint8_t>(random() % 3 == 0 ? random() : 255);
    }
    return image;
}

}  // namespace

TEST_CASE("compiled 8-bit networks give the portable evaluation's posteriors", "[compiled]") {
    SharedObject object;
    for (unsigned seed = 0; seed < networks; seed++) {
        object.add(drawn(seed), "network" + std::to_string(seed), {target_in_use()});
    }
    object.load();
    Comparison comparison;
    for (unsigned seed = 0; seed < networks; seed++) {
        const IntegerNetwork expected(drawn(seed));
        INFO("seed " << seed);
        compare(expected, object.function("network" + std::to_string(seed)), seed, comparison);
        CHECK(comparison.worst <= 1);
    }
    // Enough to compare.
    CHECK(comparison.clear > static_cast<int>(networks) * images / 3);
}

TEST_CASE("the largest and least integers are summed exactly", "[compiled]") {
    // 255 times 127 twice is beyond int16: what saturates there shows here. Rows of 15 and of 16 numbers.
    SharedObject object;
    std::vector<QuantizedNetwork> all;
    for (const int width : {5, 16}) {
        all.push_back(extreme_layer(width, width == 5 ? 3 : 1));
        object.add(all.back(), "wide" + std::to_string(width), {target_in_use()});
    }
    object.load();
    for (const QuantizedNetwork &network : all) {
        const auto &[height, width, colors] = network.description.input.extents();
        const CompiledNetwork compiled = object.function("wide" + std::to_string(width));
        const IntegerNetwork expected(network);
        std::mt19937 random(7);
        for (int i = 0; i < 20; i++) {
            const std::vector<uint8_t> image =
                bright_image(static_cast<std::size_t>(height) * width * colors, i, random);
            const NumberMap log_posterior = expected.log_posterior(image.data());
            std::vector<float> found(log_posterior.numbers.size());
            REQUIRE(compiled(image.data(), 1, found.data()) == 0);
            for (std::size_t c = 0; c < found.size(); c++) {
                // Sums and evidence are exact in float32; the result is rounded three times, log S once.
                const double expected_number = log_posterior.numbers[c];
                CHECK(std::fabs(found[c] - expected_number) <=
                      4 * half_ulp * (std::fabs(expected_number) + 4));
            }
        }
    }
}

TEST_CASE("the proved ranges hold the evidence, and the exponents fit", "[compiled]") {
    int chosen[3] = {};
    std::mt19937 random(3);
    for (unsigned seed = 0; seed < 60; seed++) {
        const IntegerNetwork network(drawn(seed));
        const Model &description = network.network().description;
        const Trace trace = network.run(drawn_image(description, random).data());
        for (const QuantizedLayer &layer : network.network().layers) {
            const NumberMap &input = trace[layer.index], &evidence = trace[layer.index + 1];
            const bool padded = window_of(description.layers[layer.index], input.shape).is_padded();
            const std::vector<compiler::EvidenceRange> ranges =
                compiler::evidence_ranges(layer, input.states(), padded);
            const compiler::ExponentChoice choice = compiler::choose_exponent(ranges, evidence.states());
            chosen[static_cast<int>(choice.exponent)]++;
            const auto states = static_cast<std::size_t>(evidence.states());
            for (std::size_t row = 0; row < evidence.numbers.size(); row += states) {
                const std::size_t group = row / states % ranges.size();
                const auto [least, most] =
                    std::minmax_element(&evidence.numbers[row], &evidence.numbers[row] + evidence.states());
                REQUIRE(*least >= ranges[group].lowest - 1e-9);
                REQUIRE(*most <= ranges[group].highest + 1e-9);
                REQUIRE(*most >= ranges[group].least_peak - 1e-9);
                if (choice.exponent != compiler::Exponent::peaked) {
                    const double peak = (*most - choice.offsets[group]) / std::log(2.0);
                    REQUIRE(peak + std::log2(static_cast<double>(states)) <= 110 + 1e-9);
                    REQUIRE(peak >= -110);
                    const double trough = (*least - choice.offsets[group]) / std::log(2.0);
                    REQUIRE((trough >= -125 - 1e-9 || peak >= -101));
                }
            }
        }
    }
    // Every way occurs.
    CHECK(chosen[0] > 0);
    CHECK(chosen[1] > 0);
    CHECK(chosen[2] > 0);
}

TEST_CASE("a quantized layer beyond float32 is refused", "[compiled]") {
    const TemporaryFolder folder;
    compiler::LibraryOptions options;
    options.name = "net";
    options.targets = {"host"};
    options.folder = folder / "out";
    const QuantizedNetwork network = stretched(quantize(drawn_network(1)), 1e32F);
    CHECK_THROWS_WITH(compile_library(network, options), Catch::Contains("nats"));
}
