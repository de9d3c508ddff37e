// The stack that the header says is enough.
#include "runtime/fsdnet.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <pthread.h>

#include <algorithm>
#include <memory>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr std::size_t painted_bytes = 1 << 20;
constexpr unsigned char paint = 0xa5;

struct Work {
    const char *path;
    std::vector<uint8_t> images;
    std::vector<float> result;
    int status = -1;
};

void *load_and_run(void *given) {
    auto &work = *static_cast<Work *>(given);
    fsdnet_network *network = fsdnet_load(work.path);
    work.status = fsdnet_run(network, work.images.data(), 64, work.result.data());
    fsdnet_free(network);
    return nullptr;
}

// Bytes of a painted stack that a thread leaves without paint.
std::size_t stack_touched(Work &work) {
    std::vector<unsigned char> memory(painted_bytes + 4096, paint);
    void *aligned = memory.data();
    std::size_t space = memory.size();
    std::align(4096, painted_bytes, aligned, space);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    REQUIRE(pthread_attr_setstack(&attributes, aligned, painted_bytes) == 0);
    pthread_t thread{};
    REQUIRE(pthread_create(&thread, &attributes, load_and_run, &work) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    const auto *bytes = static_cast<const unsigned char *>(aligned);
    return static_cast<std::size_t>(
        bytes + painted_bytes -
        std::find_if(bytes, bytes + painted_bytes, [](unsigned char byte) { return byte != paint; }));
}

}  // namespace

TEST_CASE("load and run need no more stack than the header says", "[c_api]") {
    const TemporaryFolder folder;
    save_model(small_model(), folder / "small.safetensors");
    save_model(small_ordinary_model(), folder / "ordinary.safetensors");
    for (const std::string &path : {folder / "small.safetensors", folder / "ordinary.safetensors",
                                    std::string(FSDNET_MODELS "/mnist.safetensors")}) {
        Work work{path.c_str(), std::vector<uint8_t>(64UL * 28 * 28), std::vector<float>(64UL * 10)};
        const std::size_t touched = stack_touched(work);
        INFO(path << ": " << touched << " bytes");
        CHECK(work.status == FSDNET_OK);
        CHECK(touched <= FSDNET_STACK_BYTES);
    }
}
