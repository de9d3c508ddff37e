// The committed digit network with its judgement and masks, compiled for all instruction sets, against the
// runtime: real digits, and others.
#include "runtime/network.h"
#include "tests/compiled/judgement.h"
#include "tests/datasets/files.h"
#include "toolkit/datasets/dataset.h"

#include "judging_digits.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr int classes = JUDGING_DIGITS_CLASSES;

const uint8_t *bytes_of(const Tensor &tensor) {
    return static_cast<const uint8_t *>(tensor.data());
}

// Squares of any brightness and noise.
Tensor drawn_images(int samples) {
    Tensor images = make_tensor<uint8_t>({samples, 28, 28, 1});
    std::mt19937 random(1);
    auto *pixel = static_cast<uint8_t *>(images.data());
    for (int sample = 0; sample < samples; sample++) {
        const unsigned top = random() % 20, left = random() % 20, noise = sample % 3 == 0 ? 100 : 1;
        for (unsigned y = 0; y < 28; y++) {
            for (unsigned x = 0; x < 28; x++) {
                const bool inside = y - top < 8 && x - left < 8;
                *pixel++ = static_cast<uint8_t>((inside ? 155 : 0) + random() % noise);
            }
        }
    }
    return images;
}

void check_digits(const Tensor &images) {
    const int samples = images.dim(3).extent();
    const auto count = static_cast<std::size_t>(samples);
    std::vector<float> log_posterior(count * classes), novelty(count), p_value(count);
    REQUIRE(judging_digits_judge(bytes_of(images), samples, log_posterior.data(), novelty.data(),
                                 p_value.data()) == 0);
    check_judgement(load_model(FSDNET_MODELS "/mnist-16-32.safetensors"), images, log_posterior, novelty,
                    p_value);
}

}  // namespace

TEST_CASE("the compiled committed network judges as the chained one", "[compiled]") {
    check_digits(drawn_images(70));
}

TEST_CASE("the compiled committed network judges digits as the chained one", "[compiled][data]") {
    const std::string mnist = real_data("mnist");
    if (!mnist.empty()) {
        check_digits(load_dataset(mnist, Split::test).images.cropped(3, 0, 1000));
    }
}

TEST_CASE("the compiled committed network passes over unobserved squares as the chained one", "[compiled]") {
    const Model model = load_model(FSDNET_MODELS "/mnist-16-32.safetensors");
    const Tensor images = drawn_images(70);
    Tensor mask = make_tensor<uint8_t>({70, 28, 28, 1}), expected = make_tensor<float>({70, classes});
    std::mt19937 random(2);
    std::generate_n(static_cast<uint8_t *>(mask.data()), mask.number_of_elements(),
                    [&] { return static_cast<uint8_t>(random() % 3); });
    Network(model).run({images, expected, &mask});
    std::vector<float> found(70 * classes);
    REQUIRE(judging_digits_masked(bytes_of(images), bytes_of(mask), 1, 70, found.data()) == 0);
    const auto *numbers = static_cast<const float *>(expected.data());
    for (std::size_t row = 0; row < found.size(); row += classes) {
        const float largest = -*std::min_element(numbers + row, numbers + row + classes);
        for (std::size_t i = row; i < row + classes; i++) {
            REQUIRE(std::fabs(found[i] - numbers[i]) <= 4 * 1.2e-7F * std::max(largest, 1.F));
        }
    }
}
