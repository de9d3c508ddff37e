// CIFAR-10's binary files.
#include "tests/datasets/files.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

// One image: red 1, green 2, blue 3, but for its first red pixel.
Bytes record(std::uint8_t label, std::uint8_t first_red) {
    Bytes out = {label};
    for (std::uint8_t color = 1; color <= 3; color++) {
        out.insert(out.end(), 1024, color);
    }
    out[1] = first_red;
    return out;
}

Bytes joined(const Bytes &a, const Bytes &b) {
    Bytes out = a;
    out.insert(out.end(), b.begin(), b.end());
    return out;
}

}  // namespace

TEST_CASE("CIFAR-10 folders are read by split, in the order of their files, colors interleaved",
          "[datasets]") {
    TemporaryFolder folder;
    folder.write("data_batch_2.bin", record(9, 92));
    folder.write("data_batch_1.bin", joined(record(0, 90), record(3, 91)));
    folder.write("test_batch.bin", record(5, 99));
    const Dataset train = load_dataset(folder.path(), Split::train);
    REQUIRE(shape_of(train.images) == Shape{3, 32, 32, 3});
    REQUIRE(train.labels == std::vector<int>{0, 3, 9});
    REQUIRE(train.classes[3] == "cat");
    const auto *pixels = static_cast<const std::uint8_t *>(train.images.data());
    for (int sample = 0; sample < 3; sample++) {
        const std::uint8_t *image = pixels + sample * 3072;
        REQUIRE(Bytes(image, image + 6) == Bytes{std::uint8_t(90 + sample), 2, 3, 1, 2, 3});
    }
    REQUIRE(load_dataset(folder.path(), Split::test).labels == std::vector<int>{5});
}

TEST_CASE("malformed CIFAR-10 files are refused with a sentence", "[datasets]") {
    TemporaryFolder folder;
    Bytes bytes = record(1, 1);
    bytes.pop_back();
    folder.write("data_batch_1.bin", bytes);
    REQUIRE_THAT(refusal(folder.path()), Contains("multiple of 3073") && Contains("found 3072"));
    folder.write("data_batch_1.bin", {});
    REQUIRE_THAT(refusal(folder.path()), Contains("multiple of 3073"));
    folder.write("data_batch_1.bin", joined(record(1, 1), record(10, 1)));
    REQUIRE_THAT(refusal(folder.path()), Contains("image 1 the label 10"));
    REQUIRE_THAT(refusal(folder.path(), Split::test), Contains("test_batch.bin"));
}
