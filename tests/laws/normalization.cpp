// Laws of Bayes' rule: posteriors sum to 1 at any offset, both domains agree, a common offset changes
// nothing.
#include "cases/case.h"
#include "tests/laws/run_kernel.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr float offsets[] = {0, 1e2f, 1e3f, 1e5f, 1e8f, 1e20f, 1e36f};
constexpr int sizes[] = {1,  2,   3,    4,    10,   15,   16,    17,    32,
                         64, 100, 1000, 1024, 1025, 4096, 16384, 65535, 65536};

// Rows of several characters: flat, ordinary, sharp, all alike, and many equal states below the peak, whose
// sum takes its roundings all in one direction.
Floats draw_logits(int sites, int states, float offset, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    Floats logits{{sites, 1, states}, {}};
    for (int site = 0; site < sites; site++) {
        const float spread[] = {0.1f, 3, 30, 0, 0};
        for (int state = 0; state < states; state++) {
            const float below_peak = site % 5 == 4 && state > 0 ? std::log(0.7f) : 0;
            logits.data.push_back(offset + below_peak + spread[site % 5] * normal(random));
        }
    }
    return logits;
}

// The largest |sum p - 1| over the rows.
template<typename Probability>
double worst_sum(const Floats &rows, Probability probability) {
    const int states = rows.shape.back();
    double worst = 0;
    for (std::size_t row = 0; row < rows.data.size(); row += states) {
        double sum = 0;
        for (int state = 0; state < states; state++) {
            sum += probability(rows.data[row + state]);
        }
        const double error = std::fabs(sum - 1);
        worst = error <= worst ? worst : error;
    }
    return worst;
}

double identity(float probability) {
    return probability;
}

double exponential(float log_probability) {
    return std::exp(static_cast<double>(log_probability));
}

// Enough rows to fill tiles of 16 and leave a remainder, where that is not too much.
int sites_for(int states) {
    return states <= 4096 ? 37 : 5;
}

}  // namespace

TEST_CASE("posteriors sum to 1 within 4 eps log2 S + 2 eps at any offset", "[laws]") {
    for (const int states : sizes) {
        const double bound = epsilon * (4 * std::log2(states) + 2);
        for (const float offset : offsets) {
            const Floats logits = draw_logits(sites_for(states), states, offset, states);
            INFO("S = " << states << ", offset " << offset);
            CHECK(worst_sum(run_kernel("normalize", {{"logits", logits}})["posterior"], identity) <= bound);
            CHECK(worst_sum(run_kernel("log_normalize", {{"logits", logits}})["log_posterior"],
                            exponential) <= bound);
        }
    }
}

TEST_CASE("normalize is the exponential of log_normalize", "[laws]") {
    for (const int states : {1, 2, 10, 16, 33, 1000}) {
        const Floats logits = draw_logits(50, states, 0, 7);
        const Floats posterior = run_kernel("normalize", {{"logits", logits}})["posterior"];
        const Floats log_posterior = run_kernel("log_normalize", {{"logits", logits}})["log_posterior"];
        for (std::size_t i = 0; i < posterior.data.size(); i++) {
            const double expected = exponential(log_posterior.data[i]);
            // Rounding a log posterior changes the posterior by half an epsilon of the logarithm; both derive
            // from the same exponentials and mass.
            const double bound =
                epsilon * expected * (std::fabs(log_posterior.data[i]) + std::log(states) + 4) + 1.2e-38;
            INFO("S = " << states << ", log posterior " << log_posterior.data[i] << ", posterior "
                        << posterior.data[i]);
            REQUIRE(std::fabs(posterior.data[i] - expected) <= bound);
        }
    }
}

TEST_CASE("an offset common to a row changes no bit", "[laws]") {
    std::mt19937 random(3);
    Floats logits{{40, 2, 21}, {}}, shifted = logits;
    for (std::size_t i = 0; i < element_count(logits.shape); i++) {
        // Multiples of 1/256 below 16, so that adding 1024 is exact.
        logits.data.push_back(static_cast<float>(static_cast<int>(random() % 8192) - 4096) / 256);
        shifted.data.push_back(logits.data.back() + 1024);
    }
    for (const char *op : {"normalize", "log_normalize", "hard_normalize", "log_hard_normalize"}) {
        INFO(op);
        REQUIRE(run_kernel(op, {{"logits", logits}}).begin()->second.data ==
                run_kernel(op, {{"logits", shifted}}).begin()->second.data);
    }
}

TEST_CASE("hard normalization exceeds Bayes' rule by log S at most", "[laws]") {
    for (const int states : {1, 2, 10, 64}) {
        const Floats logits = draw_logits(35, states, 0, 9);
        const Floats exact = run_kernel("log_normalize", {{"logits", logits}})["log_posterior"];
        const Floats hard = run_kernel("log_hard_normalize", {{"logits", logits}})["log_posterior"];
        for (std::size_t i = 0; i < exact.data.size(); i++) {
            const double excess = static_cast<double>(hard.data[i]) - exact.data[i];
            const double rounding = epsilon * (std::fabs(exact.data[i]) + std::log(states) + 1);
            REQUIRE(excess >= -rounding);
            REQUIRE(excess <= std::log(states) + rounding);
        }
    }
}
