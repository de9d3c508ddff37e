// Noise on the images that training shows.
#include "toolkit/training/pixel_noise.h"
#include "tests/training/networks.h"
#include "tests/training/runs.h"
#include "toolkit/training/batches.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

struct Moments {
    double mean = 0, deviation = 0;
};

Moments moments(const std::uint8_t *bytes, std::size_t count) {
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < count; i++) {
        sum += bytes[i];
        squares += double(bytes[i]) * bytes[i];
    }
    const double mean = sum / count;
    return {mean, std::sqrt(squares / count - mean * mean)};
}

// Images of one gray, in a batch with the augmentation's noise.
std::vector<std::uint8_t> shown(int images, std::uint8_t gray, double noise, int epoch) {
    Dataset dataset = fsd::testing::noise({20, 20, 1}, images, 2, 1);
    std::memset(dataset.images.data(), gray, dataset.images.size_in_bytes());
    std::vector<int> samples(images);
    std::iota(samples.begin(), samples.end(), 0);
    Augmentation augmentation;
    augmentation.noise = noise;
    Batch batch;
    batch.inputs = make_tensor<std::uint8_t>({images, 20, 20, 1});
    Batches(dataset, samples, images, augmentation, 3).fill(epoch, 0, batch);
    const auto *bytes = static_cast<const std::uint8_t *>(batch.inputs.data());
    return {bytes, bytes + batch.inputs.size_in_bytes()};
}

}  // namespace

TEST_CASE("noise has mean 0, its deviation and a normal share beyond two of them", "[training][noise]") {
    constexpr std::size_t count = 100000;
    std::vector<std::uint8_t> bytes(count, 128);
    add_noise(bytes.data(), count, 20, Random(1, Stream::noise), 7);
    const Moments found = moments(bytes.data(), count);
    // Standard errors: 20 / sqrt(count) = 0.063 and 20 / sqrt(2 count) = 0.045; four of each. Rounding adds a
    // variance of 1 / 12.
    CHECK(std::fabs(found.mean - 128) < 0.26);
    CHECK(std::fabs(found.deviation - std::sqrt(400 + 1. / 12)) < 0.18);
    // P(|x| >= 40.5 / 20) = 0.0428 of normal numbers, 0.0421 of sums of eight bytes; standard error 0.0006.
    const auto beyond = std::count_if(bytes.begin(), bytes.end(),
                                      [](std::uint8_t byte) { return std::abs(byte - 128) > 40; });
    CHECK(std::fabs(beyond / double(count) - 0.0425) < 0.003);
}

TEST_CASE("noise is cut at black and white, and nothing where its deviation is 0", "[training][noise]") {
    std::vector<std::uint8_t> bytes(1000, 250), as_it_was = bytes;
    add_noise(bytes.data(), bytes.size(), 0, Random(1, Stream::noise), 0);
    CHECK(bytes == as_it_was);
    add_noise(bytes.data(), bytes.size(), 100, Random(1, Stream::noise), 0);
    // P(x >= 5 / 100) = 0.48, of 1000: standard deviation 16.
    const auto white = std::count(bytes.begin(), bytes.end(), 255);
    CHECK(std::abs(white - 480) < 64);
}

TEST_CASE("each image has its own deviation up to the one asked for, anew in each epoch",
          "[training][noise]") {
    constexpr int images = 200, pixels = 400;
    const std::vector<std::uint8_t> bytes = shown(images, 128, 30, 0);
    double sum = 0, least = 1e9, most = 0;
    for (int image = 0; image < images; image++) {
        const double deviation = moments(bytes.data() + image * pixels, pixels).deviation;
        sum += deviation;
        least = std::min(least, deviation);
        most = std::max(most, deviation);
    }
    // Uniform in 0 .. 30: mean 15, its standard error 8.66 / sqrt(200) = 0.61.
    CHECK(std::fabs(sum / images - 15) < 2.5);
    CHECK(least < 2);
    CHECK(most > 27);
    CHECK(most < 34);
    CHECK(shown(images, 128, 30, 0) == bytes);
    CHECK(shown(images, 128, 30, 1) != bytes);
}

TEST_CASE("noise that is none, or on numbers, is refused", "[training][noise]") {
    TrainingOptions options = short_recipe();
    options.augmentation = {};
    options.augmentation.noise = -1;
    CHECK_THAT(refusal_of(bar_network(), bars(97, 1), options), Contains("standard deviation of 0 to 255"));
    options.augmentation.noise = 256;
    CHECK_THAT(refusal_of(bar_network(), bars(97, 1), options), Contains("found 256"));
    options.augmentation.noise = std::nan("");
    CHECK_THAT(refusal_of(bar_network(), bars(97, 1), options), Contains("standard deviation of 0 to 255"));
    options.augmentation.noise = 5;
    CHECK_THAT(refusal_of(bar_network(), numeric_noise(vector_input(64), 97, 3, 0, 1), options),
               Contains("Only images can be shifted"));
}
