// NumPy's .npz files by the names that data sets give their arrays.
#include "runtime/error.h"
#include "tests/datasets/npy_files.h"
#include "tests/datasets/pack.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

Packed array(const std::string &name, const std::string &bytes) {
    return {name + ".npy", Bytes(bytes.begin(), bytes.end())};
}

Packed images(const std::string &name, std::uint8_t first) {
    return array(name, npy<std::uint8_t>("|u1", {2, 1, 2}, {first, 1, 2, 3}));
}

Packed labels(const std::string &name, std::int64_t last) {
    return array(name, npy<std::int64_t>("<i8", {2}, {0, last}));
}

std::string npz(const TemporaryFolder &folder, const std::string &name, const std::vector<Packed> &arrays) {
    const std::string path = folder / name;
    std::filesystem::rename(pack(folder, "zip", "", arrays), path);
    return path;
}

int first_byte(const Dataset &set) {
    return *static_cast<const std::uint8_t *>(set.images.data());
}

}  // namespace

TEST_CASE("arrays with a split in their names are training and test samples", "[datasets]") {
    const TemporaryFolder folder;
    for (const auto &[x, y] : {std::pair("x_", "y_"), std::pair("X-", "target-")}) {
        const std::string path =
            npz(folder, "keras.npz",
                {images(std::string(x) + "train", 7), labels(std::string(y) + "train", 1),
                 images(std::string(x) + "test", 9), labels(std::string(y) + "test", 2)});
        CHECK(first_byte(load_dataset(path, Split::train)) == 7);
        const Dataset test = load_dataset(path, Split::test);
        CHECK(first_byte(test) == 9);
        CHECK(test.labels == std::vector<int>{0, 2});
        CHECK(test.classes == std::vector<std::string>{"0", "1", "2"});
        CHECK(test.split);
        CHECK(test.source == "the NumPy arrays in " + path);
    }
    const std::string medical =
        npz(folder, "med.npz",
            {images("train_images", 1), array("train_labels", npy<std::uint8_t>("|u1", {2, 1}, {1, 0})),
             images("val_images", 2), labels("val_labels", 1), images("test_images", 3),
             labels("test_labels", 1)});
    const Dataset train = load_dataset(medical, Split::train);
    CHECK(train.labels == std::vector<int>{1, 0});
    REQUIRE(train.notes.size() == 1);
    CHECK_THAT(train.notes[0], Contains("validation"));
}

TEST_CASE("inputs and labels may be alone in a file each", "[datasets]") {
    const TemporaryFolder folder;
    const std::string data = npz(folder, "imgs.npz", {images("arr_0", 5)}),
                      answers = npz(folder, "labels.npz", {labels("arr_0", 3)});
    const Dataset set = load_dataset(data, Split::train, {}, answers);
    CHECK(first_byte(set) == 5);
    CHECK(set.labels == std::vector<int>{0, 3});
    const Dataset pair =
        load_dataset(npz(folder, "p.npz", {images("data", 6), labels("target", 1)}), Split::train);
    CHECK(first_byte(pair) == 6);
    CHECK_FALSE(pair.split);
}

TEST_CASE("arrays that mean nothing, twice the same or something damaged are refused by name", "[datasets]") {
    const TemporaryFolder folder;
    const auto refused = [&](const std::vector<Packed> &arrays, const std::string &sentence) {
        const std::string path = npz(folder, "bad.npz", arrays);
        CHECK_THROWS_WITH(load_dataset(path, Split::train),
                          Contains(path) && Contains(sentence) && !Contains("fsdnet-npz"));
    };
    refused({images("first", 1), labels("second", 1)}, "(first, second) is its data");
    refused({images("x", 1)}, "is its labels");
    refused({images("x_test", 1), labels("y_test", 1)}, "is its train-data");
    refused({images("x", 1), images("data", 1), labels("y", 1)}, "both x and data");
    refused({images("x", 1), array("y", npy<std::int64_t>("<i8", {3}, {0, 1, 2}))}, "bad.npz:y");
    refused({images("x", 1), array("y", "nothing")}, "bad.npz:y");
    refused({{"readme.txt", {1}}}, "(readme) is its data");
    const std::string path = folder.write("no.npz", {1, 2, 3});
    CHECK_THROWS_AS(load_dataset(path, Split::train), Error);
}
