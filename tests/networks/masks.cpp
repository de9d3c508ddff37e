// Unobserved pixels against float64, and the laws of what is not seen.
#include "tests/device_under_test.h"
#include "tests/networks/checks.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace fsd;
using namespace fsd::testing;

namespace {

Tensor random_mask(const Model &model, int samples, int colors, unsigned seed) {
    Tensor mask = make_tensor<uint8_t>({samples, model.input.height, model.input.width, colors});
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < mask.number_of_elements(); i++) {
        static_cast<uint8_t *>(mask.data())[i] =
            random() % 3 == 0 ? 0 : static_cast<uint8_t>(random() % 255 + 1);
    }
    return mask;
}

Tensor filled_mask(const Model &model, int samples, uint8_t value) {
    Tensor mask = make_tensor<uint8_t>({samples, model.input.height, model.input.width, 1});
    std::memset(mask.data(), value, mask.size_in_bytes());
    return mask;
}

Tensor run_masked(Network &network, const Tensor &images, const Tensor &mask) {
    Tensor result = result_for(network.model(), images.dim(3).extent());
    network.run({images, result, &mask});
    return result;
}

// What the first layer reads: nothing of what is unobserved.
ReferenceMap masked_map(const Model &model, const Tensor &images, const Tensor &mask, int sample) {
    const auto *image = static_cast<const uint8_t *>(images.data()) + sample * images.dim(3).stride();
    ReferenceMap map = image_map(model, image);
    const int colors = model.input.colors, mask_colors = mask.dim(0).extent();
    const auto *observed = static_cast<const uint8_t *>(mask.data()) + sample * mask.dim(3).stride();
    for (std::size_t variable = 0; variable < map.value.size() / 2; variable++) {
        const std::size_t pixel = variable / colors, color = variable % colors;
        if (observed[mask_colors == 1 ? pixel : pixel * colors + color] == 0) {
            map.value[2 * variable] = map.value[2 * variable + 1] = 0;
            map.error[2 * variable] = map.error[2 * variable + 1] = 0;
        }
    }
    return map;
}

void require_reference(const Model &model, const Tensor &images, const Tensor &mask) {
    Network network(model, options_under_test());
    const Tensor found = run_masked(network, images, mask);
    const auto *numbers = static_cast<const float *>(found.data());
    for (int sample = 0; sample < images.dim(3).extent(); sample++) {
        ReferenceMap expected = masked_map(model, images, mask, sample);
        for (std::size_t layer = 0; layer < model.layers.size(); layer++) {
            expected = apply(model, layer, expected);
        }
        for (std::size_t i = 0; i < expected.value.size(); i++, numbers++) {
            CAPTURE(sample, i, expected.value[i], *numbers, expected.error[i]);
            REQUIRE((*numbers == expected.value[i] ||
                     std::fabs(*numbers - expected.value[i]) <= expected.error[i]));
        }
    }
}

// One layer: its evidence is a sum over the pixels.
Model one_layer() {
    Model model;
    model.input = {9, 7, 1};
    model.layers = {linear("classes", 1, 5), plain("log_normalize")};
    return with_parameters(model, 11);
}

}  // namespace

TEST_CASE("what is unobserved contributes nothing", "[network][masks]") {
    for (unsigned seed = 0; seed < (device_is_emulated() ? 3 : 30); seed++) {
        const Model model = random_model(seed);
        INFO("seed " << seed << ": " << describe(model));
        const Tensor images = random_images(model, 2, 2);
        require_reference(model, images, random_mask(model, 2, 1, seed));
        require_reference(model, images, random_mask(model, 2, model.input.colors, seed));
    }
    require_reference(digits(), random_images(digits(), 2, 2), random_mask(digits(), 2, 1, 5));
}

TEST_CASE("the value of an unobserved pixel does not matter, bit for bit", "[network][masks]") {
    const Model model = digits();
    Network network(model, options_under_test());
    Tensor images = random_images(model, 3, 2);
    const Tensor mask = random_mask(model, 3, 1, 7), expected = run_masked(network, images, mask);
    auto *bytes = static_cast<uint8_t *>(images.data());
    for (std::size_t i = 0; i < mask.number_of_elements(); i++) {
        if (static_cast<const uint8_t *>(mask.data())[i] == 0) {
            bytes[i] = static_cast<uint8_t>(bytes[i] + 101);
        }
    }
    REQUIRE(same_bits(run_masked(network, images, mask), expected));
}

TEST_CASE("an image of which all is observed gives the usual posterior", "[network][masks]") {
    for (const Model &model : {digits(), padded_colors()}) {
        Network network(model, options_under_test());
        const Tensor images = random_images(model, 3, 2), expected = run(network, images),
                     found = run_masked(network, images, filled_mask(model, 3, 255));
        for (std::size_t i = 0; i < found.number_of_elements(); i++) {
            const float number = static_cast<const float *>(expected.data())[i];
            REQUIRE(static_cast<const float *>(found.data())[i] == Approx(number).epsilon(1e-5).margin(1e-5));
        }
    }
}

TEST_CASE("an image of which nothing is observed has the prior as posterior", "[network][masks]") {
    const Model model = one_layer();
    Network network(model, options_under_test());
    const Tensor found = run_masked(network, random_images(model, 2, 2), filled_mask(model, 2, 0));
    const auto *prior = static_cast<const float *>(model.tensor("classes.log_prior").data());
    for (std::size_t i = 0; i < found.number_of_elements(); i++) {
        const float expected = prior[i % 5], number = static_cast<const float *>(found.data())[i];
        CAPTURE(expected, number);
        REQUIRE(std::fabs(number - expected) <=
                4 * (std::nextafter(std::fabs(expected), INFINITY) - std::fabs(expected)));
    }
    // Whatever the image, and the same at all sites.
    Network deep(digits(), options_under_test());
    const Tensor one = run_masked(deep, random_images(digits(), 1, 2), filled_mask(digits(), 1, 0)),
                 other = run_masked(deep, random_images(digits(), 1, 3), filled_mask(digits(), 1, 0));
    REQUIRE(same_bits(one, other));
    require_reference(digits(), random_images(digits(), 1, 2), filled_mask(digits(), 1, 0));
}

TEST_CASE("what the pixels of one layer say adds up", "[network][masks]") {
    const Model model = one_layer();
    Network network(model, options_under_test());
    const int pixels = 63;
    const Tensor image = random_images(model, 1, 4);
    Tensor copies = make_tensor<uint8_t>({pixels, 9, 7, 1}), mask = filled_mask(model, pixels, 1);
    for (int pixel = 0; pixel < pixels; pixel++) {
        std::memcpy(static_cast<uint8_t *>(copies.data()) + pixel * pixels, image.data(), pixels);
        static_cast<uint8_t *>(mask.data())[pixel * pixels + pixel] = 0;
    }
    const Tensor whole = run_masked(network, image, filled_mask(model, 1, 1)),
                 without = run_masked(network, copies, mask),
                 nothing = run_masked(network, image, filled_mask(model, 1, 0));
    const auto odds = [](const Tensor &result, int row) {
        const float *numbers = static_cast<const float *>(result.data()) + row * 5;
        return static_cast<double>(numbers[0]) - numbers[1];
    };
    // Each posterior is off by at most its evidence's rounding, 63 x 2 terms of about the evidence's size.
    double largest = 0, said = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
        said += odds(whole, 0) - odds(without, pixel);
    }
    for (const Tensor *result : {&whole, &nothing}) {
        for (int i = 0; i < 5; i++) {
            largest = std::max<double>(largest, std::fabs(static_cast<const float *>(result->data())[i]));
        }
    }
    const double bound = (pixels + 2) * 4 * 1.2e-7 * (130 + largest);
    CAPTURE(said, odds(whole, 0), odds(nothing, 0), bound);
    REQUIRE(std::fabs(said - (odds(whole, 0) - odds(nothing, 0))) <= bound);
    REQUIRE(std::fabs(said) > 100 * bound);
}

TEST_CASE("numbers may be unobserved like bytes", "[network][masks]") {
    const Model model = digits();
    Network network(model, options_under_test());
    const Tensor images = random_images(model, 2, 2), mask = random_mask(model, 2, 1, 3);
    Tensor numbers = make_tensor<float>({2, 28, 28, 1});
    for (std::size_t i = 0; i < images.number_of_elements(); i++) {
        static_cast<float *>(numbers.data())[i] =
            static_cast<float>(static_cast<const uint8_t *>(images.data())[i] / 255.);
    }
    const Tensor expected = run_masked(network, images, mask), found = run_masked(network, numbers, mask);
    for (std::size_t i = 0; i < found.number_of_elements(); i++) {
        const float number = static_cast<const float *>(expected.data())[i];
        REQUIRE(static_cast<const float *>(found.data())[i] == Approx(number).epsilon(1e-5).margin(1e-5));
    }
}

TEST_CASE("masks may have gaps, come in any batch, and allocate nothing", "[network][masks]") {
    const Model model = padded_colors();
    Network network(model, options_under_test());
    const Tensor images = random_images(model, 67, 2), mask = random_mask(model, 67, 3, 3);
    const Tensor expected = run_masked(network, images, mask);
    Tensor wide = make_tensor<uint8_t>({67, 15, 17, 3});
    Tensor view = wide.cropped(1, 2, 11).cropped(2, 1, 13);
    view.copy_from(mask.translated({0, 2, 1, 0}));
    REQUIRE(same_bits(run_masked(network, images, view), expected));
    const Tensor few = images.cropped(3, 0, 3), few_masks = mask.cropped(3, 0, 3);
    REQUIRE(same_bits(run_masked(network, few, few_masks), expected.cropped(1, 0, 3)));
    if (allocations_are_counted() && device_under_test() == "cpu") {
        Tensor result = result_for(model, 67);
        const std::size_t count = allocation_count();
        network.run({images, result, &mask});
        REQUIRE(allocation_count() == count);
    }
}

TEST_CASE("masks that do not fit are refused with a sentence", "[network][masks]") {
    const Model model = padded_colors();
    Network network(model, options_under_test());
    const Tensor images = random_images(model, 2, 2);
    const auto refuse = [&](const Shape &shape) {
        require_error(ExitCode::bad_input, "[2, 13, 11, 1 or 3]",
                      [&] { run_masked(network, images, make_tensor<uint8_t>(shape)); });
    };
    refuse({2, 13, 11, 2});
    refuse({1, 13, 11, 1});
    refuse({2, 13, 11});
    require_error(ExitCode::bad_input, "float32", [&] {
        run_masked(network, images, make_tensor<float>({2, 13, 11, 1}));
    });
    Network ordinary(small_ordinary_model(), options_under_test());
    require_error(ExitCode::unsupported, "Bernoulli", [&] {
        run_masked(ordinary, random_images(small_ordinary_model(), 2, 1), make_tensor<uint8_t>({2, 9, 8, 1}));
    });
}
