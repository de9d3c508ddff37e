// Laws of pooling as marginalization (MATH 3): what must hold between the operators, whatever the numbers.
#include "tests/laws/pools.h"

#include "cases/case.h"
#include "runtime/error.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Error of a mean over at most `sites`, relative: see cases/marginal_pool.cpp.
double mean_error(int sites) {
    return 0.5 * (sites + 1) * epsilon;
}

Tensor logarithms(const Tensor &map) {
    Tensor result = make_tensor<float>(shape_of(map));
    std::transform(numbers(map), numbers(map) + map.number_of_elements(), static_cast<float *>(result.data()),
                   [](float p) { return std::log(p); });
    return result;
}

double row_sum(const Tensor &map, std::size_t row) {
    const int states = map.dim(0).extent();
    const float *first = numbers(map) + row * states;
    double sum = 0;
    std::for_each(first, first + states, [&](float p) { sum += p; });
    return sum;
}

std::size_t rows_of(const Tensor &map) {
    return map.number_of_elements() / map.dim(0).extent();
}

// Calls check(map, pool, sites in a full window) for all widths and windows, on maps that the windows do not
// fit.
template<typename Check>
void for_each_map(Check check) {
    for (int states : pooled_states) {
        for (const Pool &pool : pools) {
            INFO("states " << states << ", window " << pool.window_y << " x " << pool.window_x);
            check(random_distributions(2, 7, 9, states, states), pool, pool.window_y * pool.window_x);
        }
    }
}

}  // namespace

TEST_CASE("the marginal of a marginal is the marginal over the union", "[laws]") {
    for (int states : pooled_states) {
        const Tensor map = random_distributions(2, 12, 18, states, 1);
        const Tensor twice =
            pooled("marginal_pool", pooled("marginal_pool", map, {2, 2, 2, 2}), {3, 3, 3, 3});
        const Tensor once = pooled("marginal_pool", map, {6, 6, 6, 6});
        REQUIRE(shape_of(twice) == shape_of(once));
        for (std::size_t i = 0; i < once.number_of_elements(); i++) {
            const double allowed = (mean_error(4) + mean_error(9) + mean_error(36)) * numbers(once)[i];
            REQUIRE(std::fabs(double(numbers(twice)[i]) - numbers(once)[i]) <= allowed);
        }
    }
}

TEST_CASE("marginals stay normalized", "[laws]") {
    for_each_map([](const Tensor &map, const Pool &pool, int sites) {
        const Tensor marginal = pooled("marginal_pool", map, pool);
        for (std::size_t row = 0; row < rows_of(marginal); row++) {
            // The inputs are rounded to half an epsilon each.
            REQUIRE(std::fabs(row_sum(marginal, row) - 1) <= mean_error(sites) + 0.5 * epsilon);
        }
    });
}

TEST_CASE("max / N <= marginal <= max", "[laws]") {
    for_each_map([](const Tensor &map, const Pool &pool, int sites) {
        const Tensor marginal = pooled("marginal_pool", map, pool), maximum = pooled("max_pool", map, pool);
        for (std::size_t i = 0; i < marginal.number_of_elements(); i++) {
            const double p = numbers(marginal)[i], peak = numbers(maximum)[i];
            REQUIRE(p <= peak * (1 + mean_error(sites)));
            REQUIRE(p >= peak / sites * (1 - mean_error(sites)));
        }
    });
}

TEST_CASE("both ends of max / N <= marginal <= max are attained", "[laws]") {
    Tensor map = make_tensor<float>({1, 2, 2, 2});
    at(map, 0, 1, 0) = 0.75f;  // one position dominates
    for (int site = 0; site < 4; site++) {
        at(map, site / 2, site % 2, 1) = 0.3f;  // all are equal
    }
    const Tensor marginal = pooled("marginal_pool", map, {2, 2, 2, 2});
    REQUIRE(numbers(marginal)[0] == 0.75f / 4);
    REQUIRE(numbers(marginal)[1] == Approx(0.3f).epsilon(mean_error(4)));
}

TEST_CASE("max - log N <= log marginal <= max", "[laws]") {
    for_each_map([](const Tensor &map, const Pool &pool, int sites) {
        const Tensor logs = logarithms(map);
        const Tensor marginal = pooled("log_marginal_pool", logs, pool),
                     maximum = pooled("max_pool", logs, pool);
        for (std::size_t i = 0; i < marginal.number_of_elements(); i++) {
            const double peak = numbers(maximum)[i], lowest = peak - std::log(sites);
            // Exactly: the sum over the window, divided by N, is at most 1.
            REQUIRE(numbers(marginal)[i] <= peak);
            REQUIRE(numbers(marginal)[i] >= lowest - epsilon * (std::fabs(lowest) + 2));
        }
    });
}

TEST_CASE("pooling in the log domain is the logarithm of pooling probabilities", "[laws]") {
    for_each_map([](const Tensor &map, const Pool &pool, int sites) {
        const Tensor marginal = pooled("marginal_pool", map, pool);
        const Tensor in_logs = pooled("log_marginal_pool", logarithms(map), pool);
        for (std::size_t i = 0; i < marginal.number_of_elements(); i++) {
            const double expected = std::log(double(numbers(marginal)[i])), found = numbers(in_logs)[i];
            if (expected == found) {
                continue;  // also -inf: a state that is impossible in the whole window
            }
            // The inputs' logarithms are rounded by up to eps/2 of their size, at most log 2^126 = 88; see
            // cases/log_marginal_pool.cpp for the rest.
            const double allowed =
                epsilon * (44 + 0.5 * std::fabs(expected) + std::log(sites) + 0.7 * sites + 1);
            REQUIRE(std::fabs(found - expected) <= allowed + mean_error(sites));
        }
    });
}

TEST_CASE("renormalized maxima are distributions within log N of the marginal", "[laws]") {
    for_each_map([](const Tensor &map, const Pool &pool, int sites) {
        const int states = map.dim(0).extent();
        const Tensor marginal = pooled("marginal_pool", map, pool), plain = pooled("max_pool", map, pool);
        const Tensor renormalized = pooled("renormalized_max_pool", map, pool);
        const double error = 0.5 * (states + 1) * epsilon;
        for (std::size_t row = 0; row < rows_of(plain); row++) {
            REQUIRE(std::fabs(row_sum(renormalized, row) - 1) <= error + 0.5 * epsilon);
            REQUIRE(row_sum(plain, row) >= 1 - 0.5 * epsilon);
            REQUIRE(row_sum(plain, row) <= std::min(sites, states) * (1 + 0.5 * epsilon));
        }
        for (std::size_t i = 0; i < plain.number_of_elements(); i++) {
            const double p = numbers(marginal)[i], h = numbers(renormalized)[i];
            REQUIRE((p == 0) == (h == 0));
            if (p > 0) {
                REQUIRE(std::fabs(std::log(h / p)) <= std::log(sites) + error + mean_error(sites));
            }
        }
    });
}

TEST_CASE("sites in the gaps between windows do not count", "[laws]") {
    for (const std::string op : {"marginal_pool", "max_pool", "renormalized_max_pool"}) {
        Tensor map = random_distributions(1, 8, 8, 5, 3);
        const Tensor before = pooled(op, map, {2, 2, 3, 3});
        for (int site = 0; site < 8; site++) {
            at(map, 2, site, 1) = at(map, site, 5, 4) = NAN;
        }
        const Tensor after = pooled(op, map, {2, 2, 3, 3});
        REQUIRE(std::memcmp(before.data(), after.data(), before.size_in_bytes()) == 0);
    }
}

TEST_CASE("pooled extents that do not belong to the window are refused", "[laws]") {
    Tensor map = random_distributions(1, 6, 6, 4, 5), result = make_tensor<float>({1, 3, 4, 4});
    Call call(need_kernel("marginal_pool", {"cpu"}));
    call.set("probability", map).set("marginal", result).set("pool_window_y", 2).set("pool_window_x", 2);
    call.set("pool_stride_y", 2).set("pool_stride_x", 2);
    REQUIRE_THROWS_WITH(call(), Catch::Contains("do not give 3 x 4 positions"));
    call.set("marginal", make_tensor<float>({1, 3, 3, 4}));
    REQUIRE_NOTHROW(call());
    for (const std::string scalar : {"pool_window_y", "pool_stride_x"}) {
        for (int value : {0, -1, 2147483647}) {
            INFO(scalar << " = " << value);
            call.set(scalar, value);
            REQUIRE_THROWS_AS(call(), Error);
        }
        call.set(scalar, 2);
    }
}
