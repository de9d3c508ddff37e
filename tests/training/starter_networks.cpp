// Networks that fit the data: their shapes, and that they train.
#include "runtime/error.h"
#include "tests/training/networks.h"
#include "toolkit/starters/starter_network.h"
#include "toolkit/training/trainer.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;

namespace {

Dataset blank_images(const Shape &shape, int classes) {
    Dataset data;
    data.images = make_tensor<std::uint8_t>({shape[0], shape[1], shape[2], shape[3]});
    std::fill_n(static_cast<std::uint8_t *>(data.images.data()), data.images.number_of_elements(), 9);
    for (int i = 0; i < shape[0]; i++) {
        data.labels.push_back(i % classes);
    }
    for (int i = 0; i < classes; i++) {
        data.classes.push_back(std::to_string(i));
    }
    data.source = "blank images";
    return data;
}

}  // namespace

TEST_CASE("a starter network fits images of any size", "[training][starter]") {
    for (const Shape &shape : {Shape{4, 28, 28, 1}, Shape{4, 1, 1, 1}, Shape{4, 3, 7, 3}, Shape{4, 32, 32, 3},
                               Shape{4, 64, 48, 3}, Shape{4, 200, 97, 1}, Shape{4, 5, 100, 3}}) {
        for (const std::string &size : starter_sizes()) {
            INFO(to_string(shape) << " " << size);
            const Dataset data = blank_images(shape, 3);
            Model model = starter_network(data, size);
            model.classes = data.classes;
            CHECK(activation_shapes(model).back() == Shape{1, 1, 1, 3});
        }
    }
}

TEST_CASE("larger starter networks have more numbers", "[training][starter]") {
    const Dataset data = blank_images({4, 28, 28, 1}, 10);
    const auto parameters = [&](const char *size) {
        TrainingOptions options;
        options.batch = 2;
        return Trainer(starter_network(data, size), data, options).model().parameter_count();
    };
    CHECK(parameters("small") < parameters("medium"));
    CHECK(parameters("medium") < parameters("large"));
    CHECK_THROWS_AS(starter_network(data, "huge"), Error);
}

TEST_CASE("a starter network learns bars, and its text is a description", "[training][starter]") {
    const Dataset data = bars(240, 1);
    const Model description = starter_network(data, "small");
    TrainingOptions options;
    options.epochs = 3;
    options.batch = 20;
    Trainer trainer(description, data, options);
    while (!trainer.finished()) {
        trainer.run_step();
    }
    CHECK(trainer.history().back().accuracy > 0.9);
    CHECK(summary_of(description) == "8 x 8 gray pixels: kld_conv 8, kld_conv 16, kld_linear 3");
    CHECK_THAT(description_text(description), Catch::Contains("\n    {\"op\":\"normalize\"},\n"));
}

TEST_CASE("numbers are standardized in front of a starter network", "[training][starter]") {
    Dataset data = numeric_noise(vector_input(3), 50, 2, 0, 1);
    auto *numbers = static_cast<float *>(data.features.data());
    for (int sample = 0; sample < 50; sample++) {
        numbers[3 * sample] = static_cast<float>(1000 + sample % 2 * 20);
        numbers[3 * sample + 2] = 7;
    }
    const Model model = starter_network(data, "medium");
    CHECK(model.input.kind == InputKind::vector);
    CHECK(model.input.scale_of(0) == Approx(0.1));
    CHECK(model.input.offset_of(0) == Approx(-101));
    CHECK(7 * model.input.scale_of(2) + model.input.offset_of(2) == Approx(0).margin(1e-12));
    CHECK(model.layers.back().op == "log_softmax");
    const Model regression = starter_network(numeric_noise(vector_input(3), 50, 0, 2, 1), "large");
    CHECK(regression.layers.back().op == "linear");
    CHECK(activation_shapes(regression).back() == Shape{1, 1, 1, 2});
}
