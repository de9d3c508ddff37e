// The reader and writer of .npy files: element types, orders, versions, malformed files.
#include "toolkit/npy/npy.h"

#include "runtime/error.h"
#include "tests/npy/numpy.h"
#include "tests/runtime/models.h"
#include "toolkit/npy/convert.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;

namespace {

Tensor read(const std::string &file) {
    TemporaryFolder folder;
    write_bytes(folder / "a.npy", file);
    return read_npy(folder / "a.npy");
}

template<typename T>
std::vector<T> elements(const Tensor &tensor) {
    const auto *first = static_cast<const T *>(tensor.data());
    return {first, first + tensor.number_of_elements()};
}

std::string refusal(const std::string &file) {
    try {
        read(file);
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::bad_input);
        return error.what();
    }
    FAIL("the file was accepted");
    return "";
}

template<typename T>
std::string swapped(std::vector<T> values) {
    std::string bytes = bytes_of(values);
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(T)) {
        std::reverse(bytes.begin() + at, bytes.begin() + at + sizeof(T));
    }
    return bytes;
}

}  // namespace

TEST_CASE("every element type is read with its shape and values", "[npy]") {
    CHECK(elements<float>(read(npy<float>("<f4", {2, 2}, {1, -2, 3.5f, 4}))) ==
          std::vector<float>{1, -2, 3.5f, 4});
    CHECK(shape_of(read(npy<float>("<f4", {2, 2}, {1, -2, 3.5f, 4}))) == Shape{2, 2});
    CHECK(elements<double>(read(npy<double>("<f8", {3}, {1e300, -0.0, 2}))) ==
          std::vector<double>{1e300, -0.0, 2});
    CHECK(elements<uint8_t>(read(npy<uint8_t>("|u1", {2}, {0, 255}))) == std::vector<uint8_t>{0, 255});
    CHECK(elements<uint8_t>(read(npy<uint8_t>("|b1", {2}, {0, 1}))) == std::vector<uint8_t>{0, 1});
    CHECK(elements<int16_t>(read(npy<int16_t>("<i2", {1}, {-300}))) == std::vector<int16_t>{-300});
    CHECK(elements<int32_t>(read(npy<int32_t>("<i4", {1}, {-70000}))) == std::vector<int32_t>{-70000});
    CHECK(elements<int64_t>(read(npy<int64_t>("<i8", {1}, {1ll << 40}))) == std::vector<int64_t>{1ll << 40});
    CHECK(elements<uint64_t>(read(npy<uint64_t>("<u8", {1}, {~0ull}))) == std::vector<uint64_t>{~0ull});
}

TEST_CASE("arrays without axes and without elements are read", "[npy]") {
    CHECK(shape_of(read(npy<float>("<f4", {}, {7}))).empty());
    CHECK(shape_of(read(npy<float>("<f4", {0, 3}, {}))) == Shape{0, 3});
}

TEST_CASE("big-endian elements are swapped", "[npy]") {
    const std::vector<float> values = {1, -2.25f, 3e20f};
    CHECK(elements<float>(read(npy_file(1, npy_header(">f4", {3}), swapped(values)))) == values);
    const std::vector<int64_t> integers = {-5, 1ll << 50};
    CHECK(elements<int64_t>(read(npy_file(1, npy_header(">i8", {2}), swapped(integers)))) == integers);
}

TEST_CASE("Fortran order becomes C order", "[npy]") {
    // a[i][j][k] = 100 i + 10 j + k with shape (2, 3, 2); the first axis is fastest in the file
    std::vector<float> fortran, c_order;
    for (int k = 0; k < 2; k++) {
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 2; i++) {
                fortran.push_back(static_cast<float>(100 * i + 10 * j + k));
            }
        }
    }
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
            for (int k = 0; k < 2; k++) {
                c_order.push_back(static_cast<float>(100 * i + 10 * j + k));
            }
        }
    }
    const std::string header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3, 2), }";
    CHECK(elements<float>(read(npy_file(1, header, bytes_of(fortran)))) == c_order);
}

TEST_CASE("versions 2 and 3 and other spellings of the header are read", "[npy]") {
    const std::string header = "{\"shape\":(2,),\"fortran_order\":False,\"descr\":\"<f4\"}";
    for (int version : {1, 2, 3}) {
        CHECK(elements<float>(read(npy_file(version, header, bytes_of<float>({1, 2})))) ==
              std::vector<float>{1, 2});
    }
    const std::string python_2 = "{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 1L), }";
    CHECK(shape_of(read(npy_file(1, python_2, bytes_of<float>({1, 2})))) == Shape{2, 1});
}

TEST_CASE("malformed .npy files are refused with a reason", "[npy]") {
    const std::string good = npy<float>("<f4", {2, 2}, {1, 2, 3, 4});
    const auto with_header = [](const std::string &header) {
        return refusal(npy_file(1, header, std::string(16, 0)));
    };
    using Catch::Contains;
    CHECK_THAT(refusal(""), Contains("magic"));
    CHECK_THAT(refusal("this is a text file, not an array"), Contains("magic"));
    CHECK_THAT(refusal(good.substr(0, 9)), Contains("magic"));
    CHECK_THAT(refusal(good.substr(0, 60)), Contains("longer than the file"));
    CHECK_THAT(refusal(good.substr(0, good.size() - 1)),
               Contains("16 bytes of elements") && Contains("holds 15"));
    CHECK_THAT(refusal(good + "x"), Contains("holds 17"));
    std::string version = good;
    version[6] = 9;
    CHECK_THAT(refusal(version), Contains("version is 9"));
    CHECK_THAT(with_header("{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }"), Contains("'<c8'"));
    CHECK_THAT(with_header("{'descr': '<f2', 'fortran_order': False, 'shape': (2,), }"), Contains("'<f2'"));
    CHECK_THAT(with_header("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }"), Contains("'|O'"));
    CHECK_THAT(with_header("{'descr': '', 'fortran_order': False, 'shape': (2,), }"),
               Contains("element type"));
    CHECK_THAT(with_header("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,), }"),
               Contains("records"));
    CHECK_THAT(with_header("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,), }"),
               Contains("fortran_order"));
    CHECK_THAT(with_header("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }"),
               Contains("non-negative"));
    CHECK_THAT(with_header("{'descr': '<f4', 'fortran_order': False, 'shape': (4), }"), Contains("tuple"));
    CHECK_THAT(with_header("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }"),
               Contains("2^31"));
    CHECK_THAT(with_header("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536), }"),
               Contains("2^31"));
    CHECK_THAT(with_header("{'descr': '<f4', 'fortran_order': False, }"), Contains("keys"));
    CHECK_THAT(with_header("{'descr': '<f4', 'descr': '<f4', 'shape': (2,), }"), Contains("twice"));
    CHECK_THAT(with_header("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}"),
               Contains("unknown key"));
    CHECK_THAT(with_header("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } + evil()"),
               Contains("dict"));
    CHECK_THAT(with_header("{'descr"), Contains("quoted"));
    CHECK_THAT(with_header("{'descr': '<f4', 'fortran_order': False, 'shape': (2,"),
               Contains("non-negative"));
    CHECK_THAT(
        with_header("{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::string(400, '1') + "), }"),
        Contains("2^31"));
    std::string many = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
    for (int axis = 0; axis < 100; axis++) {
        many += "1,";
    }
    CHECK_THAT(with_header(many + "), }"), Contains("64 axes"));
}

TEST_CASE("no memory is taken for what a small file claims", "[npy]") {
    using Catch::Contains;
    const auto claiming = [](const std::string &descriptor, const std::vector<int> &shape) {
        return refusal(npy_file(1, npy_header(descriptor, shape), ""));
    };
    const int most = 0x7fffffff;
    for (const std::string descriptor : {"<f4", "<f8", "|u1", ">i8"}) {
        CHECK_THAT(claiming(descriptor, {most}), Contains("but holds 0"));
        CHECK_THAT(claiming(descriptor, {46341, 46339}), Contains("but holds 0"));
        CHECK_THAT(claiming(descriptor, {46341, 46341}), Contains("2^31"));
        CHECK_THAT(claiming(descriptor, {0, most, most}), Contains("2^31"));
        CHECK_THAT(claiming(descriptor, {most, most, 0}), Contains("2^31"));
        CHECK_THAT(claiming(descriptor, {most, most, most, most, most}), Contains("2^31"));
    }
}

TEST_CASE("all element types are read as float32", "[npy]") {
    TemporaryFolder folder;
    const auto floats = [&](const std::string &file) {
        write_bytes(folder / "a.npy", file);
        return elements<float>(read_npy_floats(folder / "a.npy"));
    };
    using Values = std::vector<float>;
    CHECK(floats(npy<float>("<f4", {2}, {0.1f, -3})) == Values{0.1f, -3});
    CHECK(floats(npy<double>("<f8", {2}, {0.1, 1 + 0x1p-30})) == Values{0.1f, 1});
    CHECK(floats(npy<uint8_t>("|u1", {2}, {0, 255})) == Values{0, 255});
    CHECK(floats(npy<uint8_t>("|b1", {2}, {0, 1})) == Values{0, 1});
    CHECK(floats(npy<int64_t>("<i8", {2}, {-5, (1 << 24) + 1})) == Values{-5, 1 << 24});  // to even
    CHECK(floats(npy<float>("<f4", {0}, {})).empty());
    using Catch::Contains;
    CHECK_THROWS_WITH(floats(npy<float>("<f4", {2, 2}, {0, 1, NAN, INFINITY})),
                      Contains("element [1, 0] is nan"));
    CHECK_THROWS_WITH(floats(npy<double>("<f8", {2}, {0, -INFINITY})), Contains("element [1] is -inf"));
    CHECK_THROWS_WITH(floats(npy<double>("<f8", {1}, {3.5e38})), Contains("element [0] is 3.5e+38"));
}

TEST_CASE("any damaged byte of a header is refused or changes the reading, and nothing crashes", "[npy]") {
    const std::string good = npy<float>("<f4", {2, 2}, {1, 2, 3, 4});
    int refused = 0;
    for (std::size_t at = 0; at < good.size() - 16; at++) {
        for (char value : {'\0', '\'', ')', '9', '\xff'}) {
            std::string damaged = good;
            damaged[at] = value;
            try {
                read(damaged);
            } catch (const Error &error) {
                refused += error.code() == ExitCode::bad_input ? 1 : 0;
            }
        }
    }
    CHECK(refused > 200);  // of 560; the header's blanks may be anything that is blank
}

TEST_CASE("what is written is what NumPy describes, and is read again", "[npy]") {
    TemporaryFolder folder;
    Tensor tensor = make_tensor<float>({2, 3});
    std::copy_n(std::vector<float>{1, 2, 3, -INFINITY, 5, 6}.begin(), 6, static_cast<float *>(tensor.data()));
    const std::string file = npy_bytes(tensor, {3, 2});
    write_bytes(folder / "a.npy", file);
    CHECK(file.substr(0, 8) == std::string("\x93NUMPY\x01\x00", 8));
    CHECK((file.size() - 6 * sizeof(float)) % 64 == 0);
    CHECK_THAT(npy_header_of(file),
               Catch::StartsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2, ), }"));
    CHECK(npy_header_of(file).back() == '\n');
    CHECK(npy_elements<float>(file) == std::vector<float>{1, 2, 3, -INFINITY, 5, 6});
    CHECK(shape_of(read_npy(folder / "a.npy")) == Shape{3, 2});
}

TEST_CASE("conversions are exact, counted or refused", "[npy]") {
    const auto doubles = read(npy<double>("<f8", {4}, {0.5, 0.1, 3, INFINITY}));
    const Converted floats = converted(doubles, halide_type_of<float>(), "x");
    CHECK(elements<float>(floats.tensor) == std::vector<float>{0.5f, 0.1f, 3, INFINITY});
    CHECK(floats.rounded == 1);
    CHECK(
        converted(read(npy<int64_t>("<i8", {1}, {(1ll << 53) + 1})), halide_type_of<float>(), "x").rounded ==
        1);
    CHECK(converted(read(npy<int64_t>("<i8", {1}, {-7})), halide_type_of<int32_t>(), "x").rounded == 0);
    CHECK_THROWS_WITH(converted(read(npy<int64_t>("<i8", {2}, {0, 300})), halide_type_of<uint8_t>(),
                                "The argument 'image'"),
                      Catch::Contains("'image'") && Catch::Contains("element 1 is 300"));
    CHECK_THROWS_AS(converted(read(npy<float>("<f4", {1}, {0.5f})), halide_type_of<int32_t>(), "label"),
                    Error);
    CHECK_THROWS_AS(converted(read(npy<float>("<f4", {1}, {NAN})), halide_type_of<int32_t>(), "label"),
                    Error);
    CHECK_THROWS_AS(converted(read(npy<double>("<f8", {1}, {1e300})), halide_type_of<float>(), "x"), Error);
}

TEST_CASE("a file's size is compared with its shape before memory is taken", "[npy]") {
    const TemporaryFolder folder;
    write_bytes(folder / "a.npy", npy<float>("<f4", {2}, {1, 2}));
    std::filesystem::resize_file(folder / "a.npy", std::uintmax_t(1) << 40);  // sparse
    CHECK_THROWS_WITH(read_npy(folder / "a.npy"), Catch::Contains("should hold 8 bytes"));
    std::string header = npy<float>("<f4", {2}, {1, 2});
    header[6] = 2;  // whose length has four bytes
    header.replace(8, 4, std::string("\x01\x00\x01\x00", 4));
    CHECK_THAT(refusal(header), Catch::Contains("its header has 65537 bytes; at most 65536 are read"));
}
