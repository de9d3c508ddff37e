// Laws of sums of many equal terms, whose roundings all go one way where they are added one after the other.
#include "cases/case.h"
#include "runtime/call.h"
#include "tests/laws/run_kernel.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

// What `op` makes of a map of one number, with one window over all of it.
float pooled(const std::string &op, const std::string &input, const std::string &output, int side,
             float number) {
    const Kernel &kernel = need_kernel(op, {"cpu"});
    Tensor map = make_tensor<float>({1, side, side, 1}), result = make_tensor<float>({1, 1, 1, 1});
    std::fill_n(static_cast<float *>(map.data()), map.number_of_elements(), number);
    Call call(kernel);
    call.set(input, map).set(output, result);
    for (const char *axis : {"y", "x"}) {
        call.set(std::string("pool_window_") + axis, side).set(std::string("pool_stride_") + axis, side);
    }
    call();
    return *static_cast<const float *>(result.data());
}

// All states but the first are equal, and together as likely as it.
double sum_of_filters(int states) {
    Floats theta{{1, states, 1}, std::vector<float>(static_cast<std::size_t>(states))};
    std::fill(theta.data.begin() + 1, theta.data.end(), -std::log(static_cast<float>(states - 1)));
    const Floats log_q = run_kernel("log_normalize_filters", {{"theta", theta}})["log_likelihood"];
    double sum = 0;
    for (const float number : log_q.data) {
        sum += std::exp(static_cast<double>(number));
    }
    return sum;
}

}  // namespace

TEST_CASE("the mean of equal numbers is that number within 4 ULP, in windows of any size", "[laws]") {
    for (const int side : {1, 2, 3, 4, 5, 16, 68, 128, 1024, 4096}) {
        INFO(side << " x " << side);
        for (const float p : {0.1F, 0.7F, 1e-30F}) {
            CHECK(std::fabs(pooled("marginal_pool", "probability", "marginal", side, p) - p) <=
                  4 * epsilon * p);
        }
        const float log_p = -2.3F;
        CHECK(pooled("log_marginal_pool", "log_probability", "log_marginal", side, log_p) == log_p);
    }
}

TEST_CASE("filters sum to 1 within 4 eps log2 S + 2 eps", "[laws]") {
    for (const int states : {2, 3, 16, 17, 64, 65, 100, 1025, 16385, 65537}) {
        INFO("S = " << states);
        // The logarithms are rounded, too: half an ULP of the largest.
        const double rounding = epsilon * std::log(2.0 * states);
        CHECK(std::fabs(sum_of_filters(states) - 1) <= epsilon * (4 * std::log2(states) + 2) + rounding);
    }
}
