// Arrays that make no data set: refused with a sentence that names file, place and remedy.
#include "runtime/error.h"
#include "tests/datasets/files.h"
#include "tests/datasets/npy_files.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

const std::string data = npy<float>("<f4", {2, 2}, {1, 2, 3, 4});
const std::string labels = npy<std::int64_t>("<i8", {2}, {0, 1});

std::string refused(const std::string &data, const std::string &labels) {
    try {
        npy_set(data, labels);
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::bad_input);
        return error.what();
    }
    FAIL("the files were accepted");
    return "";
}

std::string claiming(const std::string &descriptor, const std::vector<int> &shape) {
    return npy_file(1, npy_header(descriptor, shape), "");
}

}  // namespace

TEST_CASE("what is no finite number is refused with its index", "[datasets]") {
    CHECK_THAT(refused(npy<float>("<f4", {2, 2}, {1, 2, 3, NAN}), labels),
               Contains("x.npy") && Contains("[1, 1] is nan"));
    CHECK_THAT(refused(npy<double>("<f8", {2, 1, 1, 2}, {1, -INFINITY, 3, 4}), labels),
               Contains("[0, 0, 0, 1] is -inf"));
    CHECK_THAT(refused(npy<double>("<f8", {2, 1}, {1, 1e39}), labels), Contains("[1, 0] is 1e+39"));
    CHECK_THAT(refused(data, npy<float>("<f4", {2}, {NAN, 0})), Contains("y.npy") && Contains("[0] is nan"));
}

TEST_CASE("shapes that mean nothing are refused", "[datasets]") {
    for (const std::vector<int> &shape : {std::vector<int>{2}, {2, 1, 1, 1, 1}}) {
        CHECK_THAT(refused(npy<float>("<f4", shape, {1, 2}), labels), Contains("[sample, y, x, channel]"));
    }
    CHECK_THAT(refused(npy<float>("<f4", {}, {1}), labels), Contains("at least one sample"));
    for (const std::vector<int> &shape : {std::vector<int>{0}, {0, 2}, {2, 0}, {2, 3, 0, 1}}) {
        CHECK_THAT(refused(claiming("<f4", shape), labels), Contains("at least one sample"));
        CHECK_THAT(refused(claiming("|u1", shape), labels), Contains("at least one sample"));
    }
    CHECK_THAT(refused(data, npy<float>("<f4", {}, {1})),
               Contains("y.npy") && Contains("at least one sample"));
    CHECK_THAT(refused(data, claiming("<f4", {2, 0})), Contains("at least one sample"));
    CHECK_THAT(refused(data, npy<float>("<f4", {2, 1, 1}, {1, 2})), Contains("[sample, number]"));
    CHECK_THAT(refused(data, npy<std::int64_t>("<i8", {2, 2}, {0, 1, 1, 0})), Contains(".astype"));
}

TEST_CASE("labels that are no classes or too few are refused", "[datasets]") {
    CHECK_THAT(refused(data, npy<std::int64_t>("<i8", {2}, {0, -1})),
               Contains("sample 1") && Contains("is -1"));
    CHECK_THAT(refused(data, npy<std::int64_t>("<i8", {2}, {65536, 0})),
               Contains("sample 0") && Contains("65535"));
    CHECK_THAT(refused(data, npy<std::int64_t>("<i8", {2}, {0, 1ll << 40})), Contains("element 1"));
    CHECK_THAT(refused(data, npy<std::int64_t>("<i8", {3}, {0, 1, 2})),
               Contains("2 samples") && Contains("3 labels"));
    CHECK_THAT(refused(data, npy<float>("<f4", {1}, {0})), Contains("2 samples") && Contains("1 labels"));
}

TEST_CASE("headers that claim too much and files that are cut off are refused", "[datasets]") {
    const int most = 0x7fffffff;
    for (const std::string descriptor : {"<f4", "<f8", "|u1", "<i8"}) {
        CHECK_THAT(refused(claiming(descriptor, {0, most, most}), labels), Contains("2^31"));
        CHECK_THAT(refused(claiming(descriptor, {most, most, 3}), labels), Contains("2^31"));
        CHECK_THAT(refused(claiming(descriptor, {most, 1}), labels), Contains("but holds 0"));
        CHECK_THAT(refused(data, claiming(descriptor, {most})), Contains("but holds 0"));
    }
    for (const std::size_t bytes : {0, 5, 11, 60}) {
        CHECK_THAT(refused(data.substr(0, bytes), labels), Contains("x.npy"));
        CHECK_THAT(refused(data, labels.substr(0, bytes)), Contains("y.npy"));
    }
    CHECK_THAT(refused(data + "x", labels), Contains("16 bytes") && Contains("holds 17"));
}

TEST_CASE("labels go with arrays, and arrays with labels", "[datasets]") {
    const TemporaryFolder folder;
    const std::string x = write_npy(folder, "x.npy", data), y = write_npy(folder, "y.npy", labels);
    CHECK_THAT(refusal(x), Contains("labels as well"));
    CHECK_THROWS_WITH(load_dataset(folder.path(), Split::train, {}, y), Contains("brings its own"));
    CHECK_THROWS_WITH(load_dataset(x, Split::train, {}, folder / "none.npy"), Contains("No such file"));
    CHECK_THAT(refusal(folder.path() + "/none.npy"), Contains("does not exist"));
    write_npy(folder, "train-data.npy", data);
    CHECK_THAT(refusal(folder.path()), Contains("train-labels.npy") && Contains("No such file"));
    CHECK_THAT(refusal(folder.path(), Split::test), Contains("test-data.npy") && Contains("No such file"));
}
