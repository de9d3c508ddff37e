// Whether numbers are those expected, as NumPy's allclose; and which of them is said to differ.
#include "toolkit/npy/close_numbers.h"

#include "runtime/error.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace fsd;
using Catch::Contains;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

Tensor two_by_two(const std::vector<float> &numbers) {
    Tensor tensor = make_tensor<float>({2, 2});
    std::copy(numbers.begin(), numbers.end(), static_cast<float *>(tensor.data()));
    return tensor;
}

std::string difference(const std::vector<float> &found, const std::vector<float> &expected,
                       double absolute = 0.1, double relative = 0.01) {
    try {
        need_close(two_by_two(found), two_by_two(expected), absolute, relative);
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::check_failed);
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("numbers are close within a difference and a share, infinities and NaN where both are", "[npy]") {
    CHECK(difference({1, 2, 3, 4}, {1, 2, 3, 4}, 0, 0).empty());
    CHECK(difference({1, 2, 3, 104}, {1.05F, 1.95F, 3, 103}).empty());
    CHECK(difference({infinity, -infinity, not_a_number, 0}, {infinity, -infinity, not_a_number, 0}).empty());
}

TEST_CASE("the sentence has the largest difference, its place and how many are beyond", "[npy]") {
    CHECK_THAT(difference({1, 2, 3, 4}, {1.5F, 2, 4, 4}),
               Contains("gives 3 at [1, 0] where 4 is expected: the largest difference, 1;") &&
                   Contains("2 of 4 numbers are beyond"));
    CHECK_THAT(difference({1, 2, 3, 4}, {1, 2, 3, 5}), Contains("1 of 4 number is beyond"));
    CHECK_THAT(difference({9, not_a_number, 3, 4}, {1, 2, 3, 4}), Contains("gives nan at [0, 1] where 2"));
    CHECK_THAT(difference({9, 2, 3, 4}, {9, not_a_number, 3, 4}), Contains("at [0, 1] where nan"));
    CHECK_THAT(difference({-infinity, 2, 3, 4}, {0, 2, 3, 4}), Contains("gives -inf at [0, 0]"));
    CHECK_THAT(difference({0, 2, 3, 4}, {-infinity, 2, 3, 4}), Contains("where -inf is expected"));
    CHECK_THAT(difference({infinity, 2, 3, 4}, {-infinity, 2, 3, 4}), Contains("gives inf at [0, 0]"));
}

TEST_CASE("numbers of another shape are another file", "[npy]") {
    CHECK_THROWS_WITH(need_close(two_by_two({1, 2, 3, 4}), make_tensor<float>({2, 3}), 1, 1),
                      Contains("[2, 2]") && Contains("[2, 3]"));
}
