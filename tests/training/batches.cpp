// Random numbers and the batches made with them.
#include "toolkit/training/batches.h"
#include "tests/training/networks.h"
#include "toolkit/training/random.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <set>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Images of 4 x 5 pixels with two-digit numbers: first digit row, second digit column; color 0 of 3 only.
Dataset numbered(int images) {
    Dataset dataset = noise({4, 5, 3}, images, 2, 1);
    auto *pixels = static_cast<std::uint8_t *>(dataset.images.data());
    for (int i = 0; i < images * 20; i++) {
        const int place = i % 20;
        for (int color = 0; color < 3; color++) {
            pixels[3 * i + color] =
                static_cast<std::uint8_t>(color == 0 ? place / 5 * 10 + place % 5 : color);
        }
    }
    return dataset;
}

// Whether the pixels are those of numbered() behind a move and perhaps a reflection.
bool shows(const std::uint8_t *pixels, int move_y, int move_x, bool mirrored) {
    for (int place = 0; place < 20; place++, pixels += 3) {
        const int y = place / 5, x = place % 5, column = mirrored ? 4 - x : x;
        const int expected = std::clamp(y + move_y, 0, 3) * 10 + std::clamp(column + move_x, 0, 4);
        if (pixels[0] != expected || pixels[1] != 1 || pixels[2] != 2) {
            return false;
        }
    }
    return true;
}

Batch image_batch(const Shape &images) {
    Batch batch;
    batch.inputs = make_tensor<std::uint8_t>(images);
    batch.labels = make_tensor<std::int32_t>({images[0]});
    return batch;
}

std::vector<int> all(int count) {
    std::vector<int> samples(count);
    std::iota(samples.begin(), samples.end(), 0);
    return samples;
}

}  // namespace

TEST_CASE("random numbers are those of SplitMix64's mixing, the same everywhere", "[training]") {
    const Random random(0, Stream::parameters);
    const Random again(0, Stream::parameters), other(0, Stream::order), later(0, Stream::parameters, 1),
        seeded(1, Stream::parameters);
    REQUIRE(random.bits(5) == again.bits(5));
    const std::set<std::uint64_t> distinct = {random.bits(5), random.bits(6), other.bits(5), later.bits(5),
                                              seeded.bits(5)};
    REQUIRE(distinct.size() == 5);
}

TEST_CASE("normal numbers have mean 0, variance 1 and few beyond 3", "[training]") {
    const Random random(4, Stream::parameters);
    constexpr int count = 100000;
    double sum = 0, squares = 0;
    int beyond = 0;
    for (int i = 0; i < count; i++) {
        const double value = random.normal(i);
        sum += value;
        squares += value * value;
        beyond += std::fabs(value) > 3 ? 1 : 0;
    }
    // Standard deviations of these means: 1 / sqrt(count) = 0.0032, sqrt(2 / count) = 0.0045; four of each.
    // P(|x| > 3) = 0.0027: 270 +- 16.
    REQUIRE(std::fabs(sum / count) < 0.013);
    REQUIRE(std::fabs(squares / count - 1) < 0.018);
    REQUIRE(std::abs(beyond - 270) < 66);
}

TEST_CASE("numbers below a bound are uniform, and shuffling permutes", "[training]") {
    const Random random(2, Stream::order);
    std::vector<int> counts(7);
    for (int i = 0; i < 70000; i++) {
        counts.at(random.below(7, i))++;
    }
    for (const int count : counts) {
        REQUIRE(std::abs(count - 10000) < 4 * 93);  // binomial: standard deviation 92.6
    }
    std::vector<int> numbers = all(1000);
    random.shuffle(numbers);
    REQUIRE(numbers != all(1000));
    std::sort(numbers.begin(), numbers.end());
    REQUIRE(numbers == all(1000));
}

TEST_CASE("an epoch shows every sample once, each epoch in another order", "[training]") {
    Dataset dataset = noise({1, 1, 1}, 12, 2, 1);
    auto *pixels = static_cast<std::uint8_t *>(dataset.images.data());
    std::iota(pixels, pixels + 12, std::uint8_t(0));
    std::iota(dataset.labels.begin(), dataset.labels.end(), 100);
    Batches batches(dataset, {0, 1, 2, 4, 5, 6, 7, 8, 9, 11}, 5, {}, 3);
    REQUIRE(batches.per_epoch() == 2);
    Batch batch = image_batch({5, 1, 1, 1});
    std::vector<std::vector<int>> epochs;
    for (int epoch = 0; epoch < 2; epoch++) {
        std::vector<int> shown;
        for (int index = 0; index < 2; index++) {
            batches.fill(epoch, index, batch);
            for (int i = 0; i < 5; i++) {
                shown.push_back(static_cast<std::uint8_t *>(batch.inputs.data())[i]);
                REQUIRE(static_cast<std::int32_t *>(batch.labels.data())[i] == 100 + shown.back());
            }
        }
        epochs.push_back(shown);
        std::sort(shown.begin(), shown.end());
        REQUIRE(shown == std::vector<int>{0, 1, 2, 4, 5, 6, 7, 8, 9, 11});
    }
    REQUIRE(epochs[0] != epochs[1]);
}

TEST_CASE("shifted images move whole pixels and repeat their border; flipped ones are mirrored",
          "[training]") {
    const Dataset dataset = numbered(300);
    Batches batches(dataset, all(300), 300, {2, true}, 3);
    Batch batch = image_batch({300, 4, 5, 3});
    batches.fill(0, 0, batch);
    const auto *pixels = static_cast<const std::uint8_t *>(batch.inputs.data());
    std::set<std::vector<int>> kinds;
    for (int image = 0; image < 300; image++) {
        // Which of the 5 x 5 x 2 possible pictures is it?
        int matches = 0;
        for (int move_y = -2; move_y <= 2; move_y++) {
            for (int move_x = -2; move_x <= 2; move_x++) {
                for (const int mirrored : {0, 1}) {
                    if (shows(pixels + image * 60, move_y, move_x, mirrored != 0)) {
                        matches++;
                        kinds.insert({move_y, move_x, mirrored});
                    }
                }
            }
        }
        REQUIRE(matches == 1);
    }
    // Each of the 50 kinds is missing in 300 draws with probability 0.98^300 = 0.2 %; this seed shows at
    // least 48.
    REQUIRE(kinds.size() >= 48);
}

TEST_CASE("without augmentation images are as they are", "[training]") {
    const Dataset dataset = numbered(2);
    Batches batches(dataset, all(2), 2, {}, 0);
    Batch batch = image_batch({2, 4, 5, 3});
    batches.fill(4, 0, batch);
    REQUIRE(std::memcmp(batch.inputs.data(), dataset.images.data(), dataset.images.size_in_bytes()) == 0);
}

TEST_CASE("numbers are shown as they are, and classes as targets are 1 for the label", "[training]") {
    const Dataset dataset = numeric_noise(vector_input(3), 4, 3, 0, 1);
    Batches batches(dataset, {2, 0}, 2, {}, 5);
    Batch batch;
    batch.inputs = make_tensor<float>({2, 1, 1, 3});
    batch.labels = make_tensor<std::int32_t>({2});
    batch.targets = make_tensor<float>({2, 3});
    batches.fill(0, 0, batch);
    const auto *numbers = static_cast<const float *>(batch.inputs.data()),
               *features = static_cast<const float *>(dataset.features.data());
    const int first = numbers[0] == features[0] ? 0 : 2;
    for (int i = 0; i < 2; i++) {
        const int sample = i == 0 ? first : 2 - first;
        REQUIRE(std::equal(numbers + 3 * i, numbers + 3 * i + 3, features + std::ptrdiff_t(3) * sample));
        for (int number = 0; number < 3; number++) {
            REQUIRE(static_cast<float *>(batch.targets.data())[3 * i + number] ==
                    (dataset.labels[sample] == number ? 1 : 0));
        }
    }
}

TEST_CASE("targets that are numbers are shown as they are", "[training]") {
    const Dataset dataset = numeric_noise(vector_input(1), 2, 1, 2, 1);
    Batches batches(dataset, {1}, 1, {}, 5);
    Batch batch;
    batch.inputs = make_tensor<float>({1, 1, 1, 1});
    batch.targets = make_tensor<float>({1, 2});
    batches.fill(0, 0, batch);
    REQUIRE(std::memcmp(batch.targets.data(), static_cast<const float *>(dataset.targets.data()) + 2,
                        batch.targets.size_in_bytes()) == 0);
}
