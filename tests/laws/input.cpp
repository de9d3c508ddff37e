// Laws of the network's input: each color of each pixel is a Bernoulli variable, or a real number.
#include "cases/draw.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

// All bytes, in rows of `width` pixels; rows of a multiple of the vector, of less and of more.
constexpr int widths[] = {3, 16, 37, 256};
constexpr int colors[] = {1, 2, 3};

Tensor all_bytes(int width, int color_count) {
    const int height = (256 + width * color_count - 1) / (width * color_count);
    Tensor image = make_tensor<uint8_t>({1, height, width, color_count});
    for (std::size_t i = 0; i < image.number_of_elements(); i++) {
        static_cast<uint8_t *>(image.data())[i] = static_cast<uint8_t>(i);
    }
    return image;
}

// Runs `op` from an image to a tensor with `states` numbers per byte.
Tensor states_of(const std::string &op, const Tensor &image, int states) {
    Shape shape = shape_of(image);
    shape.back() *= states;
    Tensor probability = make_tensor<float>(shape);
    Call(need_kernel(op, {"cpu"})).set("image", image).set("probability", probability)();
    return probability;
}

template<typename Check>
void for_each_byte(Check check) {
    for (int width : widths) {
        for (int color_count : colors) {
            INFO("width " << width << ", colors " << color_count);
            const Tensor image = all_bytes(width, color_count);
            const Tensor pairs = states_of("bernoulli_states", image, 2);
            const Tensor successes = states_of("success_probability", image, 1);
            for (std::size_t i = 0; i < image.number_of_elements(); i++) {
                const float *pair = static_cast<const float *>(pairs.data()) + 2 * i;
                check(static_cast<const uint8_t *>(image.data())[i], pair[0], pair[1],
                      static_cast<const float *>(successes.data())[i]);
            }
        }
    }
}

}  // namespace

TEST_CASE("a byte's two states are probabilities that sum to 1", "[laws]") {
    for_each_byte([](int, float failure, float success, float) {
        REQUIRE(failure >= 0);
        REQUIRE(success >= 0);
        REQUIRE(std::fabs(double(failure) + success - 1) <= epsilon);
    });
}

TEST_CASE("black and white are certain", "[laws]") {
    for_each_byte([](int byte, float failure, float success, float) {
        REQUIRE((failure == 0) == (byte == 255));
        REQUIRE((success == 1) == (byte == 255));
        REQUIRE((success == 0) == (byte == 0));
        REQUIRE((failure == 1) == (byte == 0));
    });
}

TEST_CASE("the success probability is the second of the two states, bit for bit", "[laws]") {
    for_each_byte([](int, float, float success, float alone) { REQUIRE(success == alone); });
}

TEST_CASE("given probabilities v/255 have the states of the byte v within the rounding of a difference",
          "[laws]") {
    const Tensor image = all_bytes(37, 3);
    const Tensor pairs = states_of("bernoulli_states", image, 2);
    const Tensor alone = states_of("success_probability", image, 1);
    Tensor states = make_tensor<float>(shape_of(pairs));
    Call(need_kernel("probability_states", {"cpu"})).set("probability", alone).set("states", states)();
    for (std::size_t i = 0; i < alone.number_of_elements(); i++) {
        const float *found = static_cast<const float *>(states.data()) + 2 * i;
        const float *expected = static_cast<const float *>(pairs.data()) + 2 * i;
        REQUIRE(found[1] == expected[1]);
        REQUIRE(found[0] == 1.f - expected[1]);
        REQUIRE(std::fabs(found[0] - expected[0]) <= epsilon);
    }
}

TEST_CASE("pixel values have the bits of a rounded product and a rounded sum", "[laws]") {
    for (const Extents &extents : case_of("pixel_values").shapes) {
        const Problem problem = draw(case_of("pixel_values"), extents, 3);
        Placement placement(need_kernel("pixel_values", {"cpu"}), problem, Layout::dense);
        placement.call()();
        const Values found = placement.read("features");
        for (std::size_t i = 0; i < found.data.size(); i++) {
            const int color = static_cast<int>(i % extents.at("color"));
            // In float64 the product of a float and a byte is exact, and so is the sum of these floats.
            const auto product = static_cast<float>(problem["slope"](color) * problem["image"].data[i]);
            REQUIRE(found.data[i] == static_cast<float>(product + problem["offset"](color)));
        }
    }
}
