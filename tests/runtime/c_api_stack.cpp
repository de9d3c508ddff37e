// The stack that the header says is enough.
#include "runtime/fsdnet.h"
#include "tests/runtime/models.h"
#include "tests/runtime/stack_probe.h"

#include <catch2/catch.hpp>

#include <vector>

using namespace fsd;
using namespace fsd::testing;

TEST_CASE("load and run need no more stack than the header says", "[c_api]") {
    const TemporaryFolder folder;
    save_model(small_model(), folder / "small.safetensors");
    save_model(small_ordinary_model(), folder / "ordinary.safetensors");
    for (const std::string &path : {folder / "small.safetensors", folder / "ordinary.safetensors",
                                    std::string(FSDNET_MODELS "/mnist.safetensors")}) {
        const std::vector<uint8_t> images(64UL * 28 * 28);
        std::vector<float> result(64UL * 10);
        int status = -1;
        const std::size_t touched = stack_touched([&] {
            fsdnet_network *network = fsdnet_load(path.c_str());
            status = fsdnet_run(network, images.data(), 64, result.data());
            fsdnet_free(network);
        });
        INFO(path << ": " << touched << " bytes");
        CHECK(status == FSDNET_OK);
        CHECK(touched <= FSDNET_STACK_BYTES);
    }
}
