// MNIST's IDX files.
#include "tests/datasets/files.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

const Bytes pixels = {0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255};
const Bytes images = idx({2, 3, 2}, pixels);
const Bytes labels = idx({2}, {9, 0});

void require_expected(const Dataset &dataset) {
    REQUIRE(shape_of(dataset.images) == Shape{2, 3, 2, 1});
    const auto *data = static_cast<const std::uint8_t *>(dataset.images.data());
    REQUIRE(Bytes(data, data + pixels.size()) == pixels);
    REQUIRE(dataset.labels == std::vector<int>{9, 0});
    REQUIRE(dataset.classes.size() == 10);
}

// A folder whose training images are `bytes`.
std::string refused_images(const Bytes &bytes) {
    TemporaryFolder folder;
    folder.write("train-images-idx3-ubyte", bytes);
    folder.write("train-labels-idx1-ubyte", labels);
    return refusal(folder.path());
}

std::string refused_labels(const Bytes &bytes) {
    TemporaryFolder folder;
    folder.write("train-images-idx3-ubyte", images);
    folder.write("train-labels-idx1-ubyte", bytes);
    return refusal(folder.path());
}

Bytes without_last(Bytes bytes) {
    bytes.pop_back();
    return bytes;
}

Bytes with_extra(Bytes bytes) {
    bytes.push_back(0);
    return bytes;
}

}  // namespace

TEST_CASE("IDX folders are read plain and compressed, by split", "[datasets]") {
    TemporaryFolder folder;
    folder.write("train-images-idx3-ubyte.gz", gzipped(images));
    folder.write("train-labels.idx1-ubyte", labels);
    folder.write("t10k-images.idx3-ubyte", idx({1, 3, 2}, {7, 7, 7, 7, 7, 7}));
    folder.write("t10k-labels-idx1-ubyte.gz", gzipped(idx({1}, {4})));
    const Dataset train = load_dataset(folder.path(), Split::train);
    require_expected(train);
    REQUIRE(train.split);
    const Dataset test = load_dataset(folder.path(), Split::test);
    REQUIRE(test.labels == std::vector<int>{4});
}

TEST_CASE("one IDX file of images finds its labels", "[datasets]") {
    TemporaryFolder folder;
    folder.write("some-labels-idx1", labels);
    const Dataset dataset = load_dataset(folder.write("some-images-idx3", images), Split::test);
    require_expected(dataset);
    REQUIRE_FALSE(dataset.split);
    REQUIRE_THAT(refusal(folder.write("lonely-images-idx3", images)), Contains("lonely-labels-idx1"));
    REQUIRE_THAT(refusal(folder.write("digits", images)), Contains("labels of"));
}

TEST_CASE("IDX images are resized and colored when asked", "[datasets]") {
    TemporaryFolder folder;
    folder.write("a-labels", labels);
    const Dataset dataset = load_dataset(folder.write("a-images", images), Split::train, {6, 4, 3});
    REQUIRE(shape_of(dataset.images) == Shape{2, 6, 4, 3});
}

TEST_CASE("malformed IDX files are refused with a sentence", "[datasets]") {
    REQUIRE_THAT(refused_images({}), Contains("cut off"));
    REQUIRE_THAT(refused_images({0, 0, 8}), Contains("cut off"));
    REQUIRE_THAT(refused_images(without_last(images)), Contains("cut off") && Contains("found 11"));
    REQUIRE_THAT(refused_images(with_extra(images)), Contains("more bytes"));
    REQUIRE_THAT(refused_images(labels), Contains("magic number") && Contains("2051"));
    REQUIRE_THAT(refused_images(idx({0, 3, 2}, {})), Contains("at least one image"));
    REQUIRE_THAT(refused_images(idx({2, 0, 2}, {})), Contains("at least one image"));
    REQUIRE_THAT(refused_images(idx({0x7fffffff, 28, 28}, pixels)), Contains("2^31"));
    REQUIRE_THAT(refused_images(idx({0x80000000, 0x80000000, 4}, pixels)), Contains("2^31"));
    REQUIRE_THAT(refused_images(idx({2000000, 28, 28}, pixels)), Contains("cut off") && Contains("found 12"));
    REQUIRE_THAT(refused_images(idx({1, 3, 2}, {1, 2, 3, 4, 5, 6})), Contains("1 images, but 2 labels"));
    REQUIRE_THAT(refused_labels(without_last(labels)), Contains("cut off"));
    REQUIRE_THAT(refused_labels(with_extra(labels)), Contains("more bytes"));
    REQUIRE_THAT(refused_labels(images), Contains("magic number"));
    REQUIRE_THAT(refused_labels(idx({0xffffffff}, {1, 2})), Contains("cut off"));
}

TEST_CASE("more than ten labels are more classes, the same for both splits", "[datasets]") {
    TemporaryFolder folder;
    folder.write("train-images-idx3-ubyte", images);
    folder.write("train-labels-idx1-ubyte", idx({2}, {1, 10}));
    folder.write("t10k-images-idx3-ubyte", images);
    folder.write("t10k-labels-idx1-ubyte", idx({2}, {25, 0}));
    const Dataset train = load_dataset(folder.path(), Split::train),
                  test = load_dataset(folder.path(), Split::test);
    CHECK(train.labels == std::vector<int>{1, 10});
    CHECK(train.classes.size() == 26);
    CHECK(train.classes == test.classes);
    CHECK(train.classes.back() == "25");
}

TEST_CASE("EMNIST is found by its names and read upright", "[datasets]") {
    TemporaryFolder folder;
    folder.write("emnist-letters-train-images-idx3-ubyte", images);
    folder.write("emnist-letters-train-labels-idx1-ubyte", labels);
    folder.write("emnist-letters-test-images-idx3-ubyte.gz", gzipped(images));
    folder.write("emnist-letters-test-labels-idx1-ubyte", labels);
    for (const Split split : {Split::train, Split::test}) {
        const Dataset dataset = load_dataset(folder.path(), split);
        REQUIRE(shape_of(dataset.images) == Shape{2, 2, 3, 1});
        const auto *data = static_cast<const std::uint8_t *>(dataset.images.data());
        CHECK(Bytes(data, data + 12) == Bytes{0, 2, 4, 1, 3, 5, 250, 252, 254, 251, 253, 255});
        CHECK(dataset.notes.size() == 1);
    }
    folder.write("emnist-digits-train-images-idx3-ubyte", images);
    REQUIRE_THAT(refusal(folder.path()), Contains("several sets"));
}

TEST_CASE("damaged gzip data are refused", "[datasets]") {
    TemporaryFolder folder;
    folder.write("train-labels-idx1-ubyte", labels);
    Bytes compressed = gzipped(images);
    folder.write("train-images-idx3-ubyte.gz", Bytes(compressed.begin(), compressed.end() - 10));
    REQUIRE_THAT(refusal(folder.path()), Contains("damaged or cut off"));
    folder.write("train-images-idx3-ubyte.gz", Bytes(compressed.begin(), compressed.end() - 2));
    REQUIRE_THAT(refusal(folder.path()), Contains("damaged or cut off"));
    compressed[compressed.size() - 6] ^= 1;  // the checksum
    folder.write("train-images-idx3-ubyte.gz", compressed);
    REQUIRE_THAT(refusal(folder.path()), Contains("damaged or cut off"));
}

TEST_CASE("missing files of a split are named", "[datasets]") {
    TemporaryFolder folder;
    folder.write("train-images-idx3-ubyte", images);
    REQUIRE_THAT(refusal(folder.path(), Split::train), Contains("train-labels-idx1-ubyte"));
    REQUIRE_THAT(refusal(folder.path(), Split::test), Contains("t10k-images-idx3-ubyte"));
    REQUIRE_THAT(refusal(folder / "absent"), Contains("does not exist"));
    REQUIRE_THAT(refusal(folder.write("notes.txt", {'h', 'i'})), Contains("no data set"));
}

TEST_CASE("MNIST", "[datasets][data]") {
    const std::string mnist = real_data("mnist");
    if (mnist.empty()) {
        return;
    }
    const Dataset train = load_dataset(mnist, Split::train);
    REQUIRE(shape_of(train.images) == Shape{60000, 28, 28, 1});
    const Dataset test = load_dataset(mnist, Split::test);
    REQUIRE(shape_of(test.images) == Shape{10000, 28, 28, 1});
    REQUIRE(std::vector<int>(test.labels.begin(), test.labels.begin() + 5) ==
            std::vector<int>{7, 2, 1, 0, 4});
    REQUIRE(std::count(train.labels.begin(), train.labels.end(), 1) == 6742);
}
