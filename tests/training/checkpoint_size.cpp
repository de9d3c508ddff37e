// Checkpoints that are larger than those of any training of the network.
#include "runtime/error.h"
#include "tests/temporary_folder.h"
#include "toolkit/training/checkpoint.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace fsd;
using namespace fsd::testing;

TEST_CASE("a sparse checkpoint is refused before memory is taken for its bytes", "[training]") {
    const TemporaryFolder folder;
    const std::string path = folder / "checkpoint",
                      header = R"({"__metadata__":{"format":"fsdnet-checkpoint","version":"6"},)"
                               R"("x":{"dtype":"F64","shape":[2000000000],"data_offsets":[0,16000000000]}})";
    std::string length(8, '\0');
    length[0] = static_cast<char>(header.size());
    const std::string bytes = length + header;
    folder.write("checkpoint", Bytes(bytes.begin(), bytes.end()));
    std::filesystem::resize_file(path, 8 + header.size() + 16000000000);
    CHECK_THROWS_WITH(
        load_checkpoint(path, {{"format", "fsdnet-checkpoint"}, {"version", "6"}}, {{"parameters", 16}}),
        Catch::Contains(
            "holds 16000000000 bytes of numbers; a checkpoint of this network has at most 67108928"));
}
