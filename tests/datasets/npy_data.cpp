// Data sets of NumPy arrays: what becomes images, features, labels and targets.
#include "toolkit/datasets/npy_data.h"

#include "tests/datasets/npy_files.h"

#include <catch2/catch.hpp>

#include <numeric>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

template<typename T>
std::vector<T> numbers_of(const Tensor &tensor) {
    const auto *data = static_cast<const T *>(tensor.data());
    return {data, data + tensor.number_of_elements()};
}

template<typename T>
std::vector<T> counting(int count) {
    std::vector<T> numbers(count);
    std::iota(numbers.begin(), numbers.end(), T(0));
    return numbers;
}

const std::string two_labels = npy<std::int64_t>("<i8", {2}, {2, 0});

}  // namespace

TEST_CASE("bytes with the axes of images are images, everything else is numbers", "[datasets]") {
    const auto inputs = [](const std::string &data) { return npy_set(data, two_labels); };
    const auto bytes = [&](const std::vector<int> &shape, const char *descriptor = "|u1") {
        const int count = std::accumulate(shape.begin(), shape.end(), 1, std::multiplies<>());
        return inputs(npy<std::uint8_t>(descriptor, shape, counting<std::uint8_t>(count)));
    };
    for (const std::vector<int> &shape : {std::vector<int>{2, 3, 4}, {2, 3, 4, 1}, {2, 3, 4, 3}}) {
        const Dataset set = bytes(shape);
        CHECK_FALSE(set.is_numeric());
        CHECK(shape_of(set.images) == Shape{2, 3, 4, shape.size() == 4 ? shape[3] : 1});
        CHECK(numbers_of<std::uint8_t>(set.images) ==
              counting<std::uint8_t>(set.images.number_of_elements()));
        CHECK(set.features.data() == nullptr);
        CHECK(set.count() == 2);
    }
    for (const auto &[given, shape] : {std::pair<std::vector<int>, Shape>{{2, 5}, {2, 1, 1, 5}},
                                       {{2, 1}, {2, 1, 1, 1}},
                                       {{2, 3, 4, 5}, {2, 3, 4, 5}}}) {
        const Dataset set = bytes(given);
        CHECK(set.is_numeric());
        CHECK(shape_of(set.features) == shape);
        CHECK(numbers_of<float>(set.features) == counting<float>(set.features.number_of_elements()));
        CHECK(set.images.data() == nullptr);
    }
    CHECK(bytes({2, 3, 4}, "|b1").is_numeric());
}

TEST_CASE("numbers of every type and order become float32", "[datasets]") {
    const std::vector<float> expected = {0, 1, 2, 3, 4, 5};
    for (const std::string &data :
         {npy<float>("<f4", {2, 3}, counting<float>(6)), npy<double>("<f8", {2, 3}, counting<double>(6)),
          npy<std::int64_t>("<i8", {2, 3}, counting<std::int64_t>(6)),
          npy<std::uint16_t>("<u2", {2, 3}, counting<std::uint16_t>(6)),
          npy_file(1, "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }",
                   bytes_of<float>({0, 3, 1, 4, 2, 5}))}) {
        const Dataset set = npy_set(data, two_labels);
        CHECK(shape_of(set.features) == Shape{2, 1, 1, 3});
        CHECK(numbers_of<float>(set.features) == expected);
    }
    const Dataset map = npy_set(npy<float>("<f4", {2, 3, 1}, counting<float>(6)), two_labels);
    CHECK(shape_of(map.features) == Shape{2, 3, 1, 1});
    for (int axis = 0, stride = 1; axis < 4; stride *= map.features.dim(axis).extent(), axis++) {
        CHECK(map.features.dim(axis).stride() == stride);
    }
}

TEST_CASE("integer labels are classes, floats are targets", "[datasets]") {
    const std::string data = npy<float>("<f4", {2, 1}, {5, 6});
    const Dataset classes = npy_set(data, two_labels);
    CHECK(classes.labels == std::vector<int>{2, 0});
    CHECK(classes.classes == std::vector<std::string>{"0", "1", "2"});
    CHECK_FALSE(classes.is_regression());
    CHECK_FALSE(classes.split);
    CHECK(npy_set(data, npy<std::uint8_t>("|u1", {2}, {1, 1})).classes.size() == 2);
    for (const std::string &labels :
         {npy<double>("<f8", {2}, {0.5, -1}), npy<float>("<f4", {2, 1}, {0.5f, -1})}) {
        const Dataset numbers = npy_set(data, labels);
        CHECK(numbers.is_regression());
        CHECK(shape_of(numbers.targets) == Shape{2, 1});
        CHECK(numbers_of<float>(numbers.targets) == std::vector<float>{0.5f, -1});
        CHECK(numbers.labels.empty());
        CHECK(numbers.classes.empty());
        CHECK_THROWS_WITH(need_classes(numbers), Contains("are numbers"));
    }
    CHECK(shape_of(npy_set(data, npy<float>("<f4", {2, 3}, counting<float>(6))).targets) == Shape{2, 3});
    CHECK_THROWS_WITH(need_images(classes), Contains("[2, 1, 1, 1]"));
    need_classes(classes);
}

TEST_CASE("samples of numbers are cut and gathered with their targets", "[datasets]") {
    const Dataset whole =
        npy_set(npy<float>("<f4", {3, 2}, counting<float>(6)), npy<float>("<f4", {3}, {10, 11, 12}));
    const Dataset part = samples_of(whole, 1, 2);
    CHECK(part.count() == 2);
    CHECK(numbers_of<float>(part.features) == std::vector<float>{2, 3, 4, 5});
    CHECK(part.features.data() == static_cast<const float *>(whole.features.data()) + 2);
    CHECK(numbers_of<float>(part.targets) == std::vector<float>{11, 12});
    const Dataset gathered = samples_at(whole, {2, 0, 2});
    CHECK(shape_of(gathered.features) == Shape{3, 1, 1, 2});
    CHECK(numbers_of<float>(gathered.features) == std::vector<float>{4, 5, 0, 1, 4, 5});
    CHECK(numbers_of<float>(gathered.targets) == std::vector<float>{12, 10, 12});
    CHECK(gathered.images.data() == nullptr);
    CHECK_THROWS_WITH(samples_of(whole, 1, 3), Contains("samples 0 to 2"));
}

TEST_CASE("a folder of arrays has splits that share their classes", "[datasets]") {
    TemporaryFolder folder;
    write_npy(folder, "train-data.npy", npy<std::uint8_t>("|u1", {2, 1, 1}, {1, 2}));
    write_npy(folder, "train-labels.npy", two_labels);
    CHECK(load_dataset(folder.path(), Split::train).classes.size() == 3);
    write_npy(folder, "test-data.npy", npy<std::uint8_t>("|u1", {1, 1, 1}, {3}));
    write_npy(folder, "test-labels.npy", npy<std::int32_t>("<i4", {1}, {4}));
    const Dataset train = load_dataset(folder.path(), Split::train),
                  test = load_dataset(folder.path(), Split::test);
    CHECK(train.split);
    CHECK(train.labels == std::vector<int>{2, 0});
    CHECK(test.labels == std::vector<int>{4});
    CHECK(train.classes == std::vector<std::string>{"0", "1", "2", "3", "4"});
    CHECK(test.classes == train.classes);
    CHECK(shape_of(load_dataset(folder.path(), Split::test, {2, 3, 3}).images) == Shape{1, 2, 3, 3});

    TemporaryFolder plain;
    write_npy(plain, "data.npy", npy<double>("<f8", {2, 3}, counting<double>(6)));
    write_npy(plain, "labels.npy", two_labels);
    CHECK_FALSE(load_dataset(plain.path(), Split::test, {2, 3, 3}).split);
    CHECK(shape_of(load_dataset(plain.path(), Split::test, {2, 3, 3}).features) == Shape{2, 1, 1, 3});
}
