// What results do not depend on: where tensors lie in memory, who forked, how many networks run beside, how
// often one ran.
#include "runtime/threads.h"
#include "tests/device_under_test.h"
#include "tests/networks/checks.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/child.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include <atomic>
#include <fstream>
#include <thread>
#include <unistd.h>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Asked by tests, not before main(): a device that is not there is an exception.
int samples() {
    return device_is_emulated() ? 5 : 70;
}

// A copy of the tensor that begins `offset` elements behind an address with the largest alignment.
struct Displaced {
    Displaced(const Tensor &tensor, int offset)
        : memory(make_tensor(tensor.type(), {static_cast<int>(tensor.number_of_elements()) + offset})),
          tensor(view_tensor(tensor.type(),
                             static_cast<uint8_t *>(memory.data()) +
                                 static_cast<std::size_t>(offset) * tensor.type().bytes(),
                             shape_of(tensor))) {
        this->tensor.copy_from(tensor);
    }

    Tensor memory, tensor;
};

std::size_t resident_pages() {
    std::size_t whole = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> whole >> resident;
    return resident;
}

}  // namespace

TEST_CASE("the same bits wherever images and results lie", "[network]") {
    for (const Model &model : {digits(), padded_colors(), small_ordinary_model()}) {
        const Tensor inputs = random_inputs(model, samples(), 8);
        Network network(model, options_under_test());
        const Tensor expected = run(network, inputs);
        const std::vector<int> offsets =
            device_is_emulated() ? std::vector<int>{1}
                                 : std::vector<int>{1, 2, 3, 4, 5, 7, 8, 13, 15, 16, 17, 31, 33, 63};
        for (const int offset : offsets) {
            INFO("offset " << offset);
            const Displaced images(inputs, offset);
            Displaced result(result_for(model, samples()), offset);
            network.run(images.tensor, result.tensor);
            REQUIRE(same_bits(result.tensor, expected));
        }
    }
}

TEST_CASE("the same bits in a process that was forked, with the threads that it starts itself", "[network]") {
    if (device_under_test() != "cpu") {
        return;  // drivers do not survive a fork
    }
    const int before = threads();
    const Model model = digits();
    const Tensor images = random_images(model, samples(), 9);
    Network network(model);
#ifdef __SANITIZE_THREAD__
    // It takes the threads of a forked child for those of its parent and ends it: "dup thread with used id".
    const std::vector<int> threads_of_parent = {1};
#else
    const std::vector<int> threads_of_parent = {1, 4};
#endif
    for (const int count : threads_of_parent) {
        set_threads(count);
        const Tensor expected = run(network, images);
        REQUIRE(in_child([&] {
                    ::alarm(60);  // a lock that no thread will open ends the child
                    Network own(model);
                    const bool same =
                        same_bits(run(network, images), expected) && same_bits(run(own, images), expected);
                    set_threads(3);
                    return same && same_bits(run(own, images), expected) ? 0 : 1;
                }) == 0);
    }
    set_threads(before);
}

TEST_CASE("networks in eight threads give the same bits 10,000 times", "[network]") {
    if (device_under_test() != "cpu") {
        return;  // tests/devices has threads of its own
    }
    constexpr int users = 8, runs = 1250;
    const Model model = small_model();
    const Tensor images = random_images(model, samples(), 10);
    Network first(model);
    const Tensor expected = run(first, images);
    std::atomic<int> different{0};
    std::vector<std::thread> all;
    for (int user = 0; user < users; user++) {
        all.emplace_back([&] {
            Network network(model);
            Tensor result = result_for(model, samples());
            for (int i = 0; i < runs; i++) {
                network.run(images, result);
                different += same_bits(result, expected) ? 0 : 1;
            }
        });
    }
    for (std::thread &thread : all) {
        thread.join();
    }
    REQUIRE(different == 0);
}

TEST_CASE("a million inferences allocate nothing, and the process does not grow", "[network]") {
    if (!allocations_are_counted() || device_under_test() != "cpu") {
        WARN("skipped: sanitizers have their own allocator, and a device's driver takes what it likes");
        return;
    }
    constexpr int batch = 1000;
    const Model model = small_model();
    const Tensor images = random_images(model, batch, 11);
    Network network(model);
    Tensor result = result_for(model, batch);
    for (int i = 0; i < 10; i++) {
        network.run(images, result);
    }
    const std::size_t pages = resident_pages(), count = allocation_count();
    for (int i = 0; i < 1'000'000 / batch; i++) {
        network.run(images, result);
    }
    REQUIRE(allocation_count() == count);
    REQUIRE(resident_pages() <= pages + 8);
}
