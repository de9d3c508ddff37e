// What a call of a compiled network promises: status, no allocation, any number of threads, bounded stack.
#include "runtime/network.h"
#include "tests/compiled/shared_object.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <pthread.h>

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

constexpr std::size_t painted_bytes = 512 * 1024;
constexpr unsigned char paint = 0xa5;

struct StackProbe {
    CompiledNetwork network;
    std::vector<uint8_t> image;
    std::vector<float> log_posterior;
};

void *call_network(void *argument) {
    auto &probe = *static_cast<StackProbe *>(argument);
    probe.network(probe.image.data(), 1, probe.log_posterior.data());
    return nullptr;
}

// Bytes of a painted stack that a thread's call leaves without paint.
std::size_t stack_touched(StackProbe &probe, void *(*function)(void *)) {
    std::vector<unsigned char> memory(painted_bytes + 4096, paint);
    void *aligned = memory.data();
    std::size_t space = memory.size();
    std::align(4096, painted_bytes, aligned, space);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    REQUIRE(pthread_attr_setstack(&attributes, aligned, painted_bytes) == 0);
    pthread_t thread{};
    REQUIRE(pthread_create(&thread, &attributes, function, &probe) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    const auto *bytes = static_cast<const unsigned char *>(aligned);
    const auto *lowest =
        std::find_if(bytes, bytes + painted_bytes, [](unsigned char b) { return b != paint; });
    return static_cast<std::size_t>(bytes + painted_bytes - lowest);
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
    StackProbe probe{loaded.network, std::vector<uint8_t>(30), std::vector<float>(3)};
    probe.network(probe.image.data(), 1, probe.log_posterior.data());  // chooses the instruction set
    const std::size_t idle = stack_touched(probe, [](void *) -> void * { return nullptr; });
    const std::size_t used = stack_touched(probe, call_network) - idle;
    CHECK(used > 0);
    // Spilled registers and tensors' alignment come on top: less than 4 KiB.
    CHECK(used <= loaded.stack_bytes + 4096);
}
