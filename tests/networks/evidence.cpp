// The evidence of the normalized layers against float64, and novelty and p-values made of it.
#include "runtime/threads.h"
#include "tests/device_under_test.h"
#include "tests/networks/checks.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include "runtime/layers/layer_kind.h"

#include <algorithm>
#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

struct Expected {
    double value, error;
};

constexpr double epsilon = 1.1920928955078125e-07;

// log sum exp of each group: no error of the evidence grows; peak, logarithm and sum are rounded.
Expected log_normalizer(const double *z, const double *error, int states) {
    const double peak = *std::max_element(z, z + states);
    double mass = 0;
    for (int s = 0; s < states; s++) {
        mass += std::exp(z[s] - peak);
    }
    const double value = peak + std::log(mass);
    return {value, *std::max_element(error, error + states) +
                       epsilon * (std::fabs(value) + 2 * std::log(states) + states + 4)};
}

// The mean over the rows is at most as far off as the rows; it is rounded once.
Expected mean_evidence(const ReferenceMap &map) {
    const int states = map.shape[3];
    const auto rows = static_cast<double>(map.value.size()) / states;
    Expected mean{0, 0};
    for (std::size_t row = 0; row < map.value.size(); row += static_cast<std::size_t>(states)) {
        const Expected one = log_normalizer(&map.value[row], &map.error[row], states);
        mean.value += one.value / rows;
        mean.error += one.error / rows;
    }
    mean.error += epsilon * std::fabs(mean.value);
    return mean;
}

std::vector<Expected> expected_evidence(const Model &model, ReferenceMap map) {
    std::vector<Expected> all;
    for (std::size_t layer = 0; layer < model.layers.size(); layer++) {
        if (layer_kind(model.layers[layer].op).gives_posterior) {
            all.push_back(mean_evidence(map));
        }
        map = apply(model, layer, map);
    }
    return all;
}

Tensor evidence_of(Network &network, const Tensor &images) {
    const int samples = images.dim(3).extent();
    Tensor result = result_for(network.model(), samples);
    Tensor evidence = make_tensor<float>({samples, network.evidence_size()});
    network.run({images, result, nullptr, &evidence});
    return evidence;
}

void check_evidence(const Model &model) {
    const Tensor images = random_images(model, 2, 2);
    Network network(model, options_under_test());
    if (network.evidence_size() == 0) {
        Tensor result = result_for(model, 2), none = make_tensor<float>({2, 0});
        require_error(ExitCode::unsupported, "No layer", [&] {
            network.run({images, result, nullptr, &none});
        });
        return;
    }
    const Tensor found = evidence_of(network, images);
    const auto *numbers = static_cast<const float *>(found.data());
    for (int sample = 0; sample < 2; sample++) {
        const auto *image = static_cast<const uint8_t *>(images.data()) + sample * images.dim(3).stride();
        for (const Expected &expected : expected_evidence(model, image_map(model, image))) {
            INFO("sample " << sample);
            CAPTURE(expected.value, *numbers, expected.error);
            REQUIRE(std::fabs(*numbers - expected.value) <= expected.error);
            numbers++;
        }
    }
}

// A fit whose scores are 1, 2, ... 99 and whose distances are those from 0.
Novelty simple_novelty(int classes, int layers) {
    Novelty novelty{make_tensor<float>({classes, layers}), make_tensor<float>({classes, layers, layers}),
                    make_tensor<float>({99})};
    for (int label = 0; label < classes; label++) {
        for (int layer = 0; layer < layers; layer++) {
            static_cast<float *>(novelty.precision.data())[(label * layers + layer) * layers + layer] = 1;
        }
    }
    for (int i = 0; i < 99; i++) {
        static_cast<float *>(novelty.scores.data())[i] = static_cast<float>(i + 1);
    }
    return novelty;
}

}  // namespace

TEST_CASE("the evidence of every normalized layer is that of float64", "[network]") {
    for (unsigned seed = 0; seed < (device_is_emulated() ? 4 : 60); seed++) {
        const Model model = random_model(seed);
        INFO("seed " << seed << ": " << describe(model));
        check_evidence(model);
    }
    check_evidence(digits());
    check_evidence(padded_colors());
}

TEST_CASE("evidence leaves the posterior as it is, but for rounding", "[network]") {
    const int samples = device_is_emulated() ? 1 : 5;
    for (const Model &model : {digits(), padded_colors()}) {
        const Tensor images = random_images(model, samples, 3);
        Network network(model, options_under_test());
        const Tensor expected = run(network, images);
        Tensor found = result_for(model, samples),
               evidence = make_tensor<float>({samples, network.evidence_size()});
        network.run({images, found, nullptr, &evidence});
        for (std::size_t i = 0; i < found.number_of_elements(); i++) {
            const float number = static_cast<const float *>(expected.data())[i];
            REQUIRE(static_cast<const float *>(found.data())[i] == Approx(number).epsilon(1e-4).margin(1e-4));
        }
        REQUIRE(same_bits(run(network, images), expected));
    }
}

TEST_CASE("the same bits of evidence for any number of threads and any split", "[network]") {
    const int before = threads(), all = device_is_emulated() ? 5 : 70;
    const Model model = padded_colors();
    const Tensor images = random_images(model, all, 3);
    Network network(model, options_under_test());
    const Tensor expected = evidence_of(network, images);
    for (const int count : {1, 3}) {
        set_threads(count);
        REQUIRE(same_bits(evidence_of(network, images), expected));
    }
    set_threads(before);
    const Tensor part = images.cropped(3, 0, 3);
    REQUIRE(same_bits(evidence_of(network, part), expected.cropped(1, 0, 3)));
}

TEST_CASE("novelty is the distance of the evidence and p-values count the scores above", "[network]") {
    Model model = digits();
    model.novelty = simple_novelty(10, 3);
    const Tensor images = random_images(model, 4, 3);
    Network network(model, options_under_test());
    const Tensor evidence = evidence_of(network, images);
    Tensor result = result_for(model, 4), novelty = make_tensor<float>({4}),
           p_value = make_tensor<float>({4});
    network.run({images, result, nullptr, nullptr, &novelty, &p_value});
    const auto *numbers = static_cast<const float *>(evidence.data());
    for (int sample = 0; sample < 4; sample++, numbers += 3) {
        double square = 0;
        for (int layer = 0; layer < 3; layer++) {
            square += static_cast<double>(numbers[layer]) * numbers[layer];
        }
        REQUIRE(static_cast<const float *>(novelty.data())[sample] == static_cast<float>(square));
        REQUIRE(static_cast<const float *>(p_value.data())[sample] == (square > 99 ? 0.01f : 1.f));
    }
    const Novelty fit = simple_novelty(1, 1);
    REQUIRE(fit.p_value(0) == 1.f);
    REQUIRE(fit.p_value(1) == 1.f);  // scores as high count
    REQUIRE(fit.p_value(50) == 0.51f);
    REQUIRE(fit.p_value(50.5f) == 0.5f);
    REQUIRE(fit.p_value(1e9f) == 0.01f);
}

TEST_CASE("a judgement allocates nothing after the first one", "[network]") {
    if (!allocations_are_counted() || device_under_test() != "cpu") {
        return;
    }
    Model model = digits();
    model.novelty = simple_novelty(10, 3);
    Network network(model);
    const Tensor images = random_images(model, 70, 3);
    Tensor result = result_for(model, 70), novelty = make_tensor<float>({70}),
           p_value = make_tensor<float>({70});
    network.run({images, result, nullptr, nullptr, &novelty, &p_value});
    const std::size_t count = allocation_count();
    for (int i = 0; i < 5; i++) {
        network.run({images, result, nullptr, nullptr, &novelty, &p_value});
    }
    REQUIRE(allocation_count() == count);
}

TEST_CASE("what cannot be judged is refused with a sentence", "[network]") {
    Model model = digits();
    const Tensor images = random_images(model, 2, 3);
    Tensor result = result_for(model, 2), novelty = make_tensor<float>({2}), wrong = make_tensor<float>({3});
    const Tensor mask = make_tensor<uint8_t>({2, 28, 28, 1});
    Network without(model, options_under_test());
    require_error(ExitCode::unsupported, "fsdnet calibrate", [&] {
        without.run({images, result, nullptr, nullptr, &novelty});
    });
    model.novelty = simple_novelty(10, 3);
    Network with(model, options_under_test());
    require_error(ExitCode::bad_input, "[2]", [&] { with.run({images, result, nullptr, nullptr, &wrong}); });
    require_error(ExitCode::bad_input, "[2, 3]", [&] { with.run({images, result, nullptr, &wrong}); });
    require_error(ExitCode::unsupported, "whole images", [&] {
        with.run({images, result, &mask, nullptr, &novelty});
    });
    model.novelty = simple_novelty(10, 2);
    require_error(ExitCode::bad_input, "novelty/mean", [&] { Network network(model, options_under_test()); });
}
