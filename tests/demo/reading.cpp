// What the page is told of a picture is what the network says of it.
#include "toolkit/demo/reading.h"

#include "runtime/error.h"
#include "runtime/network.h"
#include "tests/temporary_folder.h"
#include "toolkit/demo/picture_bytes.h"
#include "toolkit/evaluation/novelty_fit.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace {

using namespace fsd;
using demo::Picture;
using demo::PictureReader;
using demo::Reading;
using testing::TemporaryFolder;

const std::string models = FSDNET_MODELS;

// A vertical stroke, which is a one.
Picture stroke() {
    Picture picture{std::vector<std::uint8_t>(784), {}};
    for (int y = 5; y < 23; y++) {
        for (int x = 13; x < 16; x++) {
            picture.pixels[y * 28 + x] = 255;
        }
    }
    return picture;
}

double sum(const std::vector<double> &numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

TEST_CASE("a reading is the posterior of the network and the entropies of its layers") {
    PictureReader reader(models + "/mnist-16-32.safetensors");
    const Picture picture = stroke();
    const Reading reading = reader.read(picture);
    Network network(reader.model());
    Tensor pixels = make_tensor<std::uint8_t>({1, 28, 28, 1}), result = make_tensor<float>({1, 10});
    std::copy(picture.pixels.begin(), picture.pixels.end(), static_cast<std::uint8_t *>(pixels.data()));
    network.run(pixels, result);
    double entropy = 0;
    for (int label = 0; label < 10; label++) {
        const double log_posterior = static_cast<const float *>(result.data())[label];
        // Log-posteriors below 60 nats in two orders of summation: 64 units in the last place are 2.5e-4.
        CHECK(std::log(reading.posterior[label]) == Approx(log_posterior).margin(2.5e-4));
        entropy -= std::exp(log_posterior) * log_posterior;
    }
    CHECK(reading.posterior[1] > 0.9);
    REQUIRE(reading.entropies.size() == 3);
    CHECK(reading.entropies.back().layer == reader.model().layers.size() - 1);
    CHECK(reading.entropies.back().entropy == Approx(entropy).margin(1e-5));
    for (const demo::LayerEntropy &layer : reading.entropies) {
        CHECK(layer.entropy > 0);
        CHECK(layer.entropy < layer.maximum);
    }
}

TEST_CASE("what was not observed says nothing") {
    PictureReader reader(models + "/mnist-16-32.safetensors");
    REQUIRE(reader.takes_unobserved());
    Picture picture = stroke();
    const double whole = reader.read(picture).entropies.back().entropy;
    picture.observed.assign(784, 0);
    const Reading blind = reader.read(picture);
    picture.pixels.assign(784, 77);
    CHECK(reader.read(picture).posterior == blind.posterior);
    CHECK(sum(blind.posterior) == Approx(1).margin(1e-5));
    CHECK(blind.entropies.back().entropy > whole);
    CHECK_FALSE(blind.novelty);
    picture = stroke();
    picture.observed.assign(784, 1);
    const Reading seen = reader.read(picture);
    picture.observed.clear();
    const Reading same = reader.read(picture);
    for (int label = 0; label < 10; label++) {
        CHECK(std::log(seen.posterior[label]) == Approx(std::log(same.posterior[label])).margin(2.5e-4));
    }
}

TEST_CASE("a model with the fit of its novelty gives score and p-value of whole pictures") {
    const TemporaryFolder folder;
    const std::string path = folder / "fitted.safetensors";
    Model model = load_model(models + "/mnist-16-32.safetensors");
    Network network(model);
    Tensor images = make_tensor<std::uint8_t>({60, 28, 28, 1});
    std::mt19937 draw(16);
    auto *bytes = static_cast<std::uint8_t *>(images.data());
    std::generate_n(bytes, images.number_of_elements(), [&] { return std::uint8_t(draw() >> 24); });
    model.novelty = fit_novelty(network, images);
    save_model(model, path);
    PictureReader reader(path);
    Picture noise{{bytes, bytes + 784}, {}};
    const Reading known = reader.read(noise), strange = reader.read(stroke());
    REQUIRE(known.novelty);
    REQUIRE(strange.novelty);
    CHECK(strange.novelty->score > known.novelty->score);
    // No known image scores as high: of m scores the p-value is 1 / (m + 1).
    CHECK(strange.novelty->p_value == Approx(1.0 / (model.novelty->images() + 1)));
    noise.observed.assign(784, 0);
    CHECK_FALSE(reader.read(noise).novelty);
}

TEST_CASE("evidence is about what was observed") {
    PictureReader reader(models + "/mnist-16-32.safetensors");
    Picture picture = stroke();
    const Explanation whole = reader.evidence(picture);
    CHECK(whole.label == 1);
    CHECK(whole.nats.size() == 784);
    picture.observed.assign(784, 1);
    for (int site = 0; site < 14 * 28; site++) {
        picture.observed[site] = 0;
    }
    const Explanation lower = reader.evidence(picture);
    // Squares of 4 pixels that lie in the upper half as a whole change nothing.
    for (int site = 0; site < 11 * 28; site++) {
        CHECK(lower.nats[site] == 0);
    }
    CHECK(std::any_of(lower.nats.begin(), lower.nats.end(), [](double nats) { return nats != 0; }));
}

TEST_CASE("pictures of another size, and networks without images or classes, are refused") {
    PictureReader reader(models + "/mnist-16-32.safetensors");
    CHECK_THROWS_AS(reader.read({std::vector<std::uint8_t>(783), {}}), Error);
    CHECK_THROWS_AS(reader.read({std::vector<std::uint8_t>(784), std::vector<std::uint8_t>(1)}), Error);
    CHECK_THROWS_AS(demo::picture_from(demo::Bytes(785), reader.model().input), Error);
    const Picture picture = demo::picture_from(demo::Bytes(1568, 1), reader.model().input);
    CHECK(picture.pixels.size() == 784);
    CHECK(picture.observed.size() == 784);
    CHECK_THROWS_AS(PictureReader("absent.safetensors"), Error);
}

}  // namespace
