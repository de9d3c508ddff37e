// A million rows with NaN and infinities at random places: none comes out of a normalizing or measuring
// kernel as if it were a distribution.
#include "tests/laws/run_kernel.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr int rows_in_all = 1'000'000;
constexpr int sizes[] = {1, 2, 3, 7, 10, 16, 17, 33, 64, 100};

// Rows of one length; every second one has up to three non-finite numbers at random places.
struct Rows {
    Floats values;
    std::vector<bool> legal;  // no NaN, no +inf, not only -inf
};

Rows draw_rows(int rows, int states, std::mt19937 &random) {
    std::normal_distribution<float> normal(0, 5);
    std::vector<float> pool(1 << 16);
    std::generate(pool.begin(), pool.end(), [&] { return normal(random); });
    Rows drawn{{{rows, 1, states}, std::vector<float>(static_cast<std::size_t>(rows) * states)}, {}};
    for (float &value : drawn.values.data) {
        value = pool[random() % pool.size()];
    }
    for (int row = 0; row < rows; row++) {
        float *first = &drawn.values.data[static_cast<std::size_t>(row) * states];
        const int injections = row % 2 ? 1 + static_cast<int>(random() % 3) : 0;
        for (int i = 0; i < injections; i++) {
            const float kinds[] = {not_a_number, -not_a_number, infinity, -infinity, -infinity};
            first[random() % states] = kinds[random() % 5];
        }
        if (row % 64 == 1) {
            std::fill(first, first + states, -infinity);
        }
        const bool possible = std::any_of(first, first + states, [](float z) { return z > -infinity; });
        drawn.legal.push_back(possible && std::none_of(first, first + states, [](float z) {
                                  return std::isnan(z) || z == infinity;
                              }));
    }
    return drawn;
}

bool all_nan(const float *first, int states) {
    return std::all_of(first, first + states, [](float value) { return std::isnan(value); });
}

// Rows that came out wrong: illegal ones that are not NaN in every state, legal ones with NaN in a state.
int silent_passes(const Rows &rows, const Floats &output) {
    const int states = rows.values.shape.back();
    int count = 0;
    for (std::size_t row = 0; row < rows.legal.size(); row++) {
        const float *first = &output.data[row * states];
        const bool wrong = rows.legal[row]
                               ? std::any_of(first, first + states, [](float v) { return std::isnan(v); })
                               : !all_nan(first, states);
        count += wrong ? 1 : 0;
    }
    return count;
}

// Impossible states of legal rows that did not come out as `impossible`.
int possible_again(const Rows &rows, const Floats &output, float impossible) {
    const int states = rows.values.shape.back();
    int count = 0;
    for (std::size_t i = 0; i < output.data.size(); i++) {
        const bool was_impossible = rows.legal[i / states] && rows.values.data[i] == -infinity;
        count += was_impossible && output.data[i] != impossible ? 1 : 0;
    }
    return count;
}

// Distributions, half of them with a non-finite number somewhere.
Rows draw_distributions(int rows, int states, std::mt19937 &random) {
    Rows drawn{{{rows, states},
                std::vector<float>(static_cast<std::size_t>(rows) * states, 1 / static_cast<float>(states))},
               {}};
    for (int row = 0; row < rows; row++) {
        drawn.legal.push_back(row % 2 == 0);
        if (row % 2) {
            const float kinds[] = {not_a_number, -not_a_number, infinity, -infinity};
            drawn.values.data[static_cast<std::size_t>(row) * states + random() % states] =
                kinds[random() % 4];
        }
    }
    return drawn;
}

int silent_passes(const std::vector<bool> &legal, const std::vector<float> &measure) {
    int count = 0;
    for (std::size_t row = 0; row < legal.size(); row++) {
        count += std::isnan(measure[row]) == legal[row] ? 1 : 0;
    }
    return count;
}

}  // namespace

TEST_CASE("1,000,000 rows with NaN and infinities: no silent pass through normalization", "[laws]") {
    std::mt19937 random(11);
    for (const int states : sizes) {
        const Rows rows = draw_rows(rows_in_all / static_cast<int>(std::size(sizes)), states, random);
        for (const char *op : {"normalize", "log_normalize", "hard_normalize", "log_hard_normalize"}) {
            INFO(op << ", S = " << states);
            const Floats output = run_kernel(op, {{"logits", rows.values}}).begin()->second;
            CHECK(silent_passes(rows, output) == 0);
            CHECK(possible_again(rows, output, std::string(op).find("log") == 0 ? -infinity : 0) == 0);
        }
    }
}

TEST_CASE("fewer rows than a tile with NaN and infinities: no silent pass", "[laws]") {
    std::mt19937 random(13);
    for (int count = 1; count < 40; count += 6) {
        for (int states = 1; states < 20; states++) {
            const Rows rows = draw_rows(count, states, random);
            for (const char *op : {"normalize", "log_normalize", "hard_normalize", "log_hard_normalize"}) {
                INFO(op << ", " << count << " rows, S = " << states);
                CHECK(silent_passes(rows, run_kernel(op, {{"logits", rows.values}}).begin()->second) == 0);
            }
        }
    }
}

TEST_CASE("1,000,000 rows with NaN and infinities: no silent pass through the information measures",
          "[laws]") {
    std::mt19937 random(12);
    for (const int states : sizes) {
        const int count = rows_in_all / static_cast<int>(std::size(sizes));
        const Rows rows = draw_distributions(count, states, random);
        const Floats clean{{count, states},
                           std::vector<float>(rows.values.data.size(), 1 / static_cast<float>(states))};
        INFO("S = " << states);
        CHECK(silent_passes(rows.legal,
                            run_kernel("entropy", {{"probability", rows.values}})["entropy"].data) == 0);
        const auto divergence = [](const Floats &p, const Floats &q) {
            return run_kernel("kl_divergence", {{"probability", p}, {"reference", q}})["divergence"].data;
        };
        CHECK(silent_passes(rows.legal, divergence(rows.values, clean)) == 0);
        CHECK(silent_passes(rows.legal, divergence(clean, rows.values)) == 0);
        CHECK(silent_passes(rows.legal, divergence(rows.values, rows.values)) == 0);
    }
}

TEST_CASE("one non-finite number makes its group's information NaN and no other's", "[laws]") {
    for (const float value : {not_a_number, infinity, -infinity}) {
        Floats posterior{{2500, 3, 4}, std::vector<float>(2500 * 12, 0.25f)};
        posterior.data[1999 * 12 + 4 + 2] = value;
        for (const auto &[name, found] : run_kernel("mutual_information", {{"posterior", posterior}})) {
            INFO(name << " with " << value);
            CHECK_FALSE(std::isnan(found.data[0]));
            CHECK(std::isnan(found.data[1]));
            CHECK_FALSE(std::isnan(found.data[2]));
        }
    }
}
