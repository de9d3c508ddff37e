// NaN and infinities in pooling and in the element-wise operators: never swallowed (docs/numerics.md).
#include "tests/laws/pools.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

// True where the pooled states are NaN exactly where `poisoned` says so.
template<typename Poisoned>
bool nan_exactly_where(const Tensor &pooled_map, Poisoned poisoned) {
    for (int state = 0; state < pooled_map.dim(0).extent(); state++) {
        if (std::isnan(numbers(pooled_map)[state]) != poisoned(state)) {
            return false;
        }
    }
    return true;
}

// A map of one window, with `value` as the probability of the last state at one site.
Tensor poisoned_map(const Pool &pool, int states, int site, float value) {
    Tensor map = random_distributions(1, pool.window_y, pool.window_x, states, 7);
    at(map, site / pool.window_x, site % pool.window_x, states - 1) = value;
    return map;
}

template<typename Check>
void for_each_site(Check check) {
    for (int states : pooled_states) {
        for (const Pool &pool : pools) {
            for (int site = 0; site < pool.window_y * pool.window_x; site++) {
                INFO("states " << states << ", window " << pool.window_y << " x " << pool.window_x
                               << ", site " << site);
                check(states, pool, site);
            }
        }
    }
}

// Values of an element-wise operator in a row of `count`, of which one differs from 1.
std::vector<float> element_wise(const std::string &op, float value, int count, int place) {
    const Signature &signature = signature_of(op);
    Tensor row = make_tensor<float>({1, count}), result = make_tensor<float>({1, count});
    row.as<float>().fill(1);
    static_cast<float *>(row.data())[place] = value;
    Call call(need_kernel(op, {"cpu"}));
    for (std::size_t i = 0; i + 1 < signature.arguments.size(); i++) {
        call.set(signature.arguments[i].name, row);
    }
    call.set(signature.arguments.back().name, result);
    call();
    return {numbers(result), numbers(result) + count};
}

}  // namespace

TEST_CASE("a NaN in a window makes its state NaN", "[laws]") {
    for_each_site([](int states, const Pool &pool, int site) {
        for (const float nan : {NAN, -NAN}) {
            const Tensor map = poisoned_map(pool, states, site, nan);
            for (const std::string op : {"marginal_pool", "log_marginal_pool", "max_pool"}) {
                INFO(op);
                REQUIRE(nan_exactly_where(pooled(op, map, pool), [&](int s) { return s == states - 1; }));
            }
        }
    });
}

TEST_CASE("a NaN or +inf in a window makes the renormalized maxima NaN in every state", "[laws]") {
    for_each_site([](int states, const Pool &pool, int site) {
        for (const float value : {NAN, -NAN, infinity}) {
            const Tensor map = poisoned_map(pool, states, site, value);
            REQUIRE(nan_exactly_where(pooled("renormalized_max_pool", map, pool), [](int) { return true; }));
        }
    });
}

TEST_CASE("log-domain pooling: impossible sites are legal, +inf is not", "[laws]") {
    for_each_site([](int states, const Pool &pool, int site) {
        const Tensor impossible = poisoned_map(pool, states, site, -infinity);
        REQUIRE(nan_exactly_where(pooled("log_marginal_pool", impossible, pool), [](int) { return false; }));
        const Tensor infinite = poisoned_map(pool, states, site, infinity);
        REQUIRE(nan_exactly_where(pooled("log_marginal_pool", infinite, pool),
                                  [&](int s) { return s == states - 1; }));
    });
}

TEST_CASE("a state that is impossible in the whole window stays impossible", "[laws]") {
    Tensor map = random_distributions(1, 2, 2, 20, 8);
    for (int site = 0; site < 4; site++) {
        at(map, site / 2, site % 2, 11) = -infinity;
    }
    REQUIRE(numbers(pooled("log_marginal_pool", map, {2, 2, 2, 2}))[11] == -infinity);
    REQUIRE(numbers(pooled("max_pool", map, {2, 2, 2, 2}))[11] == -infinity);
}

TEST_CASE("rows without any probability become NaN when they are renormalized", "[laws]") {
    const Tensor map = make_tensor<float>({1, 2, 2, 9});
    REQUIRE(nan_exactly_where(pooled("renormalized_max_pool", map, {2, 2, 2, 2}), [](int) { return true; }));
}

TEST_CASE("element-wise operators keep NaN", "[laws]") {
    for (const std::string op : {"relu", "relu_backward", "sigmoid", "sigmoid_backward"}) {
        for (int count : {1, 3, 16, 37}) {
            for (int place = 0; place < count; place++) {
                INFO(op << ", element " << place << " of " << count);
                const std::vector<float> result = element_wise(op, NAN, count, place);
                for (int i = 0; i < count; i++) {
                    REQUIRE(std::isnan(result[i]) == (i == place));
                }
            }
        }
    }
}

TEST_CASE("relu and sigmoid at the ends of their range", "[laws]") {
    REQUIRE(element_wise("relu", infinity, 1, 0)[0] == infinity);
    REQUIRE(element_wise("relu", -infinity, 1, 0)[0] == 0);
    for (const float large : {90.f, 1e3f, 1e30f, infinity}) {
        REQUIRE(element_wise("sigmoid", large, 1, 0)[0] == 1);
        REQUIRE(element_wise("sigmoid", -large, 1, 0)[0] == 0);
    }
    // Down to the smallest normal numbers, to 2 epsilons.
    REQUIRE(element_wise("sigmoid", -80.f, 1, 0)[0] == Approx(std::exp(-80.0)).epsilon(2.4e-7));
    REQUIRE(element_wise("sigmoid", -87.f, 1, 0)[0] == Approx(std::exp(-87.0)).epsilon(2.4e-7));
}
