// What a call of a network for a device promises: status and sentence, memory of the device in place of the
// host's, any number of threads.
#include "tests/compiled/device/network.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <thread>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr int classes = 3, image_bytes = 30;

struct Loaded {
    Model model = small_model();
    DeviceObject object;
    CompiledNetwork network = nullptr;
    DeviceNetwork on_device = nullptr;
    ErrorSentence sentence = nullptr;
    Release release = nullptr;

    Loaded() {
        object.add(model, "small");
        object.add(random_model(4), "other");
        object.load();
        network = object.function<CompiledNetwork>("small");
        on_device = object.function<DeviceNetwork>("small_device");
        sentence = object.function<ErrorSentence>("fsdnet_device_error");
        release = object.function<Release>("fsdnet_device_release");
    }

    std::vector<float> on_host(const Tensor &images) const {
        std::vector<float> found(classes * static_cast<std::size_t>(images.dim(3).extent()));
        REQUIRE(network(static_cast<const uint8_t *>(images.data()), images.dim(3).extent(), found.data()) ==
                0);
        return found;
    }

    std::vector<float> in_context(DeviceContext &context, const Tensor &images) const {
        const int batch = images.dim(3).extent();
        std::vector<float> found(classes * static_cast<std::size_t>(batch));
        const std::size_t bytes = found.size() * sizeof(float);
        void *result = context.memory(bytes, nullptr);
        REQUIRE(on_device(context.memory(images.size_in_bytes(), images.data()), batch, result) == 0);
        context.read(result, found.data(), bytes);
        return found;
    }
};

}  // namespace

TEST_CASE("a network on a device says what is wrong with a call and writes nothing", "[compiled][device]") {
    if (!is_there()) {
        return;
    }
    const Loaded loaded;
    std::vector<uint8_t> image(image_bytes);
    std::vector<float> result(classes, 7.f);
    CHECK(loaded.network(image.data(), -1, result.data()) == 1);
    CHECK(loaded.network(nullptr, 1, result.data()) == 2);
    CHECK(loaded.network(image.data(), 1, nullptr) == 2);
    CHECK(loaded.network(nullptr, 0, nullptr) == 0);
    CHECK(loaded.on_device(nullptr, 1, result.data()) == 2);
    CHECK(loaded.on_device(image.data(), -1, result.data()) == 1);
    CHECK(loaded.on_device(nullptr, 0, nullptr) == 0);
    CHECK(result == std::vector<float>(classes, 7.f));
    CHECK(loaded.network(image.data(), 1, result.data()) == 0);
    CHECK(result[0] < 0);
    CHECK(loaded.sentence() == std::string());
}

TEST_CASE("memory of the device gives the bits of the host's", "[compiled][device]") {
    if (!is_there()) {
        return;
    }
    const Loaded loaded;
    const Tensor images = random_images(loaded.model, 7, 1);
    const std::vector<float> expected = loaded.on_host(images);
    const std::unique_ptr<DeviceContext> one = make_context(), other = make_context();
    CHECK(loaded.in_context(*one, images) == expected);
    CHECK(loaded.in_context(*other, images) == expected);
    CHECK(loaded.on_host(images) == expected);
    CHECK(loaded.in_context(*one, images) == expected);
    loaded.release();
    CHECK(loaded.on_host(images) == expected);
    CHECK(loaded.in_context(*other, images) == expected);
    loaded.release();
}

TEST_CASE("memory that a network cannot use is an error with a sentence", "[compiled][device]") {
    if (!is_there()) {
        return;
    }
    const Loaded loaded;
    const std::unique_ptr<DeviceContext> one = make_context(), other = make_context();
    void *image = one->memory(image_bytes, nullptr);
    void *result = one->memory(classes * sizeof(float), nullptr);
    CHECK(loaded.on_device(image, 2, result) == 3);
    CHECK_THAT(loaded.sentence(), Catch::Contains("image") && Catch::Contains("30 bytes; 60"));
    CHECK(loaded.on_device(one->memory(2 * image_bytes, nullptr), 2, result) == 3);
    CHECK_THAT(loaded.sentence(), Catch::Contains("log_posterior") && Catch::Contains("12 bytes; 24"));
    CHECK(loaded.on_device(image, 1, other->memory(classes * sizeof(float), nullptr)) == 3);
    CHECK_THAT(loaded.sentence(), Catch::Contains("different contexts"));
    CHECK(loaded.on_device(image, 1, result) == 0);
    CHECK(loaded.sentence() == std::string());
    loaded.release();
}

TEST_CASE("threads take turns on a device", "[compiled][device]") {
    if (!is_there()) {
        return;
    }
    const Loaded loaded;
    const Tensor images = random_images(loaded.model, 9, 2);
    const std::vector<float> expected = loaded.on_host(images);
    const auto again = [&](bool &same) {
        const std::unique_ptr<DeviceContext> context = make_context();
        void *image = context->memory(images.size_in_bytes(), images.data());
        void *result = context->memory(expected.size() * sizeof(float), nullptr);
        std::vector<float> found(expected.size()), copied(expected.size());
        for (int round = 0; round < 20 && same; round++) {
            const int status = loaded.network(static_cast<const uint8_t *>(images.data()), 9, found.data()) +
                               loaded.on_device(image, 9, result);
            context->read(result, copied.data(), copied.size() * sizeof(float));
            same = status == 0 && found == expected && copied == expected;
        }
    };
    bool same[2] = {true, true};
    std::thread thread([&] {
        try {
            again(same[1]);
        } catch (const std::exception &) {
            same[1] = false;
        }
    });
    again(same[0]);
    thread.join();
    CHECK(same[0]);
    CHECK(same[1]);
    loaded.release();
}
