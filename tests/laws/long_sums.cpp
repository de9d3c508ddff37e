// Laws of sums of many equal terms, whose roundings all go one way where they are added one after the other.
#include "cases/case.h"
#include "runtime/call.h"
#include "tests/laws/run_kernel.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

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

// What a layer of `inputs` numbers gives, and the float64 sums of the same numbers.
struct LongLayer {
    Tensor terms, factors, offsets, sums;
    std::vector<double> expected;

    LongLayer(int samples, int inputs, int outputs)
        : terms(make_tensor<float>({samples, inputs})),
          factors(make_tensor<float>({inputs, outputs})),
          offsets(make_tensor<float>({outputs})),
          sums(make_tensor<float>({samples, outputs})),
          expected(static_cast<std::size_t>(samples) * outputs) {
        std::mt19937 random(1);
        const auto fill = [&](const Tensor &tensor, float lowest, float highest) {
            std::uniform_real_distribution<float> number(lowest, highest);
            std::generate_n(static_cast<float *>(tensor.data()), tensor.number_of_elements(),
                            [&] { return number(random); });
        };
        fill(terms, 0, 1);
        fill(factors, -5, 0);
        fill(offsets, -1, 0);
        const auto number = [](const Tensor &tensor, std::size_t at) {
            return static_cast<double>(static_cast<const float *>(tensor.data())[at]);
        };
        for (std::size_t i = 0; i < expected.size(); i++) {
            const std::size_t sample = i / outputs, output = i % outputs;
            expected[i] = number(offsets, output);
            for (int k = 0; k < inputs; k++) {
                expected[i] += number(terms, sample * inputs + k) *
                               number(factors, static_cast<std::size_t>(k) * outputs + output);
            }
        }
    }
};

// Largest error of the op's sums, relative to the sum, all of whose terms are negative.
double error_of_sums(const std::string &op, const LongLayer &layer,
                     const std::array<std::string, 4> &arguments) {
    Call call(need_kernel(op, {"cpu"}));
    call.set(arguments[0], layer.terms).set(arguments[1], layer.factors).set(arguments[2], layer.offsets);
    call.set(arguments[3], layer.sums);
    if (op == "kld_linear") {
        call.set("observations", 1);
    }
    call();
    const auto *sums = static_cast<const float *>(layer.sums.data());
    double largest = 0;
    for (std::size_t i = 0; i < layer.expected.size(); i++) {
        largest = std::max(largest, std::fabs(sums[i] / layer.expected[i] - 1));
    }
    return largest;
}

}  // namespace

// Chains of 4096 numbers at most: 6 sqrt(4096) roundings of half an epsilon, which more do not surpass with a
// probability of 2e-8 (cases/evidence.h). One chain of a million is off by 1e-4.
TEST_CASE("the sum over any number of inputs is as exact as that over 4096", "[laws]") {
    const double bound = epsilon * (0.5 * 6 * std::sqrt(4096) + 3);
    constexpr int shapes[][3] = {
        {3, 4096, 17}, {3, 4097, 17}, {13, 9000, 33}, {2, 65536, 3}, {1, 1000003, 2}};
    for (const auto &[samples, inputs, outputs] : shapes) {
        INFO(samples << " x " << inputs << " -> " << outputs);
        const LongLayer layer(samples, inputs, outputs);
        CHECK(error_of_sums("kld_linear", layer,
                            {"probability", "log_likelihood", "log_prior", "log_evidence"}) <= bound);
        CHECK(error_of_sums("linear", layer, {"features", "weight", "bias", "preactivation"}) <= bound);
    }
}

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
