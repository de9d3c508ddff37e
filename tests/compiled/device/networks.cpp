// Networks compiled for a device against float64 and against the networks on the CPU: random layers, real
// ones, batches of any size.
#include "runtime/network.h"
#include "tests/compiled/device/network.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"
#include "tests/runtime/reference.h"
#include "tests/todays_turn.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

Model cifar() {
    Model model;
    model.input = {32, 32, 3};
    model.layers = {conv("first", 3, 2, 16),  plain("normalize"),    pool("renormalized_max_pool", 2, 2),
                    conv("second", 3, 1, 32), plain("normalize"),    pool("max_pool", 3, 2),
                    conv("third", 3, 1, 40),  plain("normalize"),    pool("marginal_pool", 2, 2),
                    linear("classes", 1, 10), plain("log_normalize")};
    return with_parameters(model, 5);
}

// Odd extents, padding, strides, pools in front and behind each other, more states than a lane's share of 16.
Model odd() {
    Model model;
    model.input = {15, 13, 3};
    model.layers = {
        pool("marginal_pool", 2, 1), conv("first", 5, 3, 11, 2, 2),       plain("normalize"),
        pool("max_pool", 2, 1),      pool("marginal_pool", 3, 2),         conv("second", 2, 1, 37, 1, 1),
        plain("hard_normalize"),     pool("renormalized_max_pool", 2, 2), conv("third", 1, 1, 5),
        plain("log_normalize"),      pool("log_marginal_pool", 9, 9)};
    return with_parameters(model, 6);
}

// Layers of one site in front of the last one: their samples are the rows of a tile.
Model perceptron() {
    Model model;
    model.input = {6, 5, 1};
    model.layers = {linear("wide", 5, 21), plain("normalize"),   linear("narrow", 1, 34),
                    plain("normalize"),    linear("last", 1, 3), plain("log_hard_normalize")};
    return with_parameters(model, 7);
}

ReferenceMap reference(const Model &model, const uint8_t *image) {
    ReferenceMap map = image_map(model, image);
    for (std::size_t layer = 0; layer < model.layers.size(); layer++) {
        map = apply(model, layer, map);
    }
    return map;
}

std::size_t bytes_of_image(const Model &model) {
    return static_cast<std::size_t>(model.input.height) * model.input.width * model.input.colors;
}

std::vector<float> run(CompiledNetwork network, const Model &model, const Tensor &images, int first,
                       int batch) {
    std::vector<float> found(model.classes.size() * static_cast<std::size_t>(batch), 1);
    const auto *image = static_cast<const uint8_t *>(images.data()) + first * bytes_of_image(model);
    REQUIRE(network(image, batch, found.data()) == 0);
    return found;
}

// The bound is that of float32 in the layers' formulas, whatever the order of additions and with or without
// fused multiply-adds; the network on the CPU lies within the same bound.
void compare(const Model &model, CompiledNetwork network, unsigned seed) {
    const int batch = 5;
    const Tensor images = random_images(model, batch, seed);
    const std::vector<float> found = run(network, model, images, 0, batch);
    const std::size_t classes = model.classes.size();
    Tensor on_cpu = make_tensor<float>({batch, static_cast<int>(classes)});
    Network(model).run(images, on_cpu);
    for (std::size_t sample = 0; sample < 5; sample++) {
        const ReferenceMap expected =
            reference(model, static_cast<const uint8_t *>(images.data()) + sample * bytes_of_image(model));
        for (std::size_t i = 0; i < classes; i++) {
            const float one = found[sample * classes + i];
            const float other = static_cast<const float *>(on_cpu.data())[sample * classes + i];
            CAPTURE(sample, i, expected.value[i], expected.error[i], one, other);
            REQUIRE(std::fabs(one - expected.value[i]) <= expected.error[i]);
            REQUIRE(std::fabs(one - other) <= 2 * expected.error[i]);
        }
    }
}

}  // namespace

TEST_CASE("networks on a device agree with float64 and with the CPU", "[compiled][device][rotates]") {
    if (!is_there()) {
        return;
    }
    std::vector<Model> models{cifar(),
                              odd(),
                              perceptron(),
                              load_model(FSDNET_SOURCES "/models/mnist-16-32.safetensors"),
                              load_model(FSDNET_SOURCES "/models/mnist-relu-16-32.safetensors"),
                              small_ordinary_model()};
    for (unsigned seed = 0; seed < 8; seed++) {
        models.push_back(random_model(seed));
        const Model mixed = random_mixed_model(seed);
        if (mixed.input.takes_bytes() && !mixed.classes.empty()) {
            models.push_back(mixed);
        }
    }
    DeviceObject object;
    for (std::size_t i = 0; i < models.size(); i++) {
        if (todays_turn(i)) {
            object.add(models[i], "network" + std::to_string(i));
        }
    }
    object.load();
    for (std::size_t i = 0; i < models.size(); i++) {
        if (!todays_turn(i)) {
            continue;
        }
        INFO(i << ": " << describe(models[i]));
        compare(models[i], object.function<CompiledNetwork>("network" + std::to_string(i)),
                static_cast<unsigned>(i));
    }
}

TEST_CASE("a batch on a device gives the bits of single images, in several turns too", "[compiled][device]") {
    if (!is_there()) {
        return;
    }
    const Model model = small_model();
    DeviceObject object;
    object.add(model, "small");
    object.load();
    const auto network = object.function<CompiledNetwork>("small");
    const int batch = 4100;  // a turn has at most 4096 samples
    const Tensor images = random_images(model, batch, 3);
    const std::vector<float> expected = run(network, model, images, 0, batch);
    CHECK(run(network, model, images, 0, batch) == expected);
    for (const auto &[first, count] : {std::pair{0, 1}, {1, 2}, {4095, 1}, {4095, 5}, {4096, 4}, {17, 130}}) {
        const std::vector<float> part(expected.begin() + 3 * first, expected.begin() + 3 * (first + count));
        CAPTURE(first, count);
        CHECK(run(network, model, images, first, count) == part);
    }
}
