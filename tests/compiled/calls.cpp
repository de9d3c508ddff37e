// What a call of a compiled network promises: status, no allocation, any number of threads, bounded stack.
#include "runtime/network.h"
#include "tests/compiled/shared_object.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/random_networks.h"
#include "tests/runtime/stack_probe.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <thread>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Two networks in one object, each with a choice between two instruction sets and the runtime that makes it.
struct Loaded {
    Model model = small_model();
    SharedObject object;
    CompiledNetwork network;
    std::size_t stack_bytes;

    Loaded() {
        const std::vector<std::string> targets = {"host", "x86-64-linux"};
        stack_bytes = object.add(model, "small", targets).stack_bytes;
        object.add(random_model(4), "other", targets);
        object.load();
        network = object.function("small");
    }
};

std::vector<float> posteriors_of(const Loaded &loaded, const Tensor &images) {
    const int batch = images.dim(3).extent();
    std::vector<float> found(loaded.model.classes.size() * static_cast<std::size_t>(batch));
    REQUIRE(loaded.network(static_cast<const uint8_t *>(images.data()), batch, found.data()) == 0);
    return found;
}

}  // namespace

TEST_CASE("a compiled network says what is wrong with a call and writes nothing", "[compiled]") {
    const Loaded loaded;
    std::vector<uint8_t> image(30);
    std::vector<float> result(3, 7.f);
    CHECK(loaded.network(image.data(), -1, result.data()) == 1);
    CHECK(loaded.network(nullptr, 1, result.data()) == 2);
    CHECK(loaded.network(image.data(), 1, nullptr) == 2);
    CHECK(loaded.network(nullptr, 0, nullptr) == 0);
    CHECK(result == std::vector<float>(3, 7.f));
    CHECK(loaded.network(image.data(), 1, result.data()) == 0);
    CHECK(result[0] < 0);
}

TEST_CASE("a compiled network says that a result is not a number, where the runtime refuses it",
          "[compiled]") {
    for (const char *role : {"first.observations", "last.observations"}) {
        Model model = small_model();
        static_cast<float *>(model.tensors.at(role).data())[0] = 3e38F;
        SharedObject object;
        object.add(model, "wild", {"x86-64-linux"});
        object.load();
        const Tensor images = random_images(model, 2, 1);
        Tensor refused = make_tensor<float>({2, 3});
        CHECK_THROWS_WITH(Network(model).run(images, refused), Catch::Contains("NaN"));
        std::vector<float> result(6);
        const auto *image = static_cast<const uint8_t *>(images.data());
        CHECK(object.function("wild")(image, 2, result.data()) == 5);
    }
}

TEST_CASE("a compiled network allocates nothing", "[compiled]") {
    if (!allocations_are_counted()) {
        WARN("Allocations are not counted under sanitizers.");
        return;
    }
    const Loaded loaded;
    const Tensor images = random_images(loaded.model, 3, 1);
    std::vector<float> result(9);
    const std::size_t before = allocation_count();
    loaded.network(static_cast<const uint8_t *>(images.data()), 3, result.data());
    CHECK(allocation_count() == before);
}

TEST_CASE("threads may call a compiled network at once, and a batch gives the bits of single images",
          "[compiled]") {
    const Loaded loaded;
    const Tensor images = random_images(loaded.model, 64, 2);
    const std::vector<float> expected = posteriors_of(loaded, images);
    const auto one_by_one = [&](bool &same) {
        const auto *image = static_cast<const uint8_t *>(images.data());
        std::vector<float> found(expected.size());
        for (int round = 0; round < 50 && same; round++) {
            for (std::size_t i = 0; i < 64; i++) {
                loaded.network(image + 30 * i, 1, found.data() + 3 * i);
            }
            same = found == expected;
        }
    };
    bool same[2] = {true, true};
    std::thread other([&] { one_by_one(same[1]); });
    one_by_one(same[0]);
    other.join();
    CHECK(same[0]);
    CHECK(same[1]);
}

TEST_CASE("a compiled network needs the stack that it says", "[compiled]") {
    const Loaded loaded;
    const std::vector<uint8_t> image(30);
    std::vector<float> log_posterior(3);
    const auto call = [&] { loaded.network(image.data(), 1, log_posterior.data()); };
    call();  // chooses the instruction set
    const std::size_t idle = stack_touched([] {});
    const std::size_t used = stack_touched(call) - idle;
    CHECK(used > 0);
    // Spilled registers and tensors' alignment come on top: less than 4 KiB.
    CHECK(used <= loaded.stack_bytes + 4096);
}
