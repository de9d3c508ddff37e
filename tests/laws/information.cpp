// Laws of entropy, KL divergence and mutual information.
#include "cases/case.h"
#include "tests/laws/run_kernel.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <random>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr int sizes[] = {1, 2, 3, 10, 16, 17, 64, 1000};

// Posteriors of normal logits: every row sums to 1 within the rounding of the normalize kernel.
Floats draw_distributions(int sites, int states, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, 2);
    Floats logits{{sites, 1, states}, {}};
    for (std::size_t i = 0; i < element_count(logits.shape); i++) {
        logits.data.push_back(normal(random));
    }
    Floats posterior = run_kernel("normalize", {{"logits", logits}})["posterior"];
    posterior.shape = {sites, states};
    return posterior;
}

Floats grouped(Floats rows) {
    rows.shape = {rows.shape[0], 1, rows.shape[1]};
    return rows;
}

std::vector<float> entropies(const Floats &probability) {
    return run_kernel("entropy", {{"probability", probability}})["entropy"].data;
}

std::vector<float> divergences(const Floats &probability, const Floats &reference) {
    return run_kernel("kl_divergence", {{"probability", probability}, {"reference", reference}})["divergence"]
        .data;
}

// How far the rows' sums may be from 1, which D and H inherit.
double sum_error(int states) {
    return epsilon * (4 * std::log2(states) + 2);
}

}  // namespace

TEST_CASE("entropy lies between 0 and log S", "[laws]") {
    for (const int states : sizes) {
        for (const float entropy : entropies(draw_distributions(40, states, 1))) {
            REQUIRE(entropy >= 0);
            REQUIRE(entropy <= std::log(states) * (1 + sum_error(states)) + sum_error(states));
        }
    }
}

TEST_CASE("certainty has entropy 0, the uniform distribution log S", "[laws]") {
    for (const int states : sizes) {
        Floats certain{{20, states}, std::vector<float>(20 * states)};
        for (int site = 0; site < 20; site++) {
            certain.data[site * states + site % states] = 1;
        }
        REQUIRE(entropies(certain) == std::vector<float>(20, 0));
        const Floats uniform{{20, states}, std::vector<float>(20 * states, 1 / static_cast<float>(states))};
        for (const float entropy : entropies(uniform)) {
            REQUIRE(entropy == Approx(std::log(states)).margin(0).epsilon(sum_error(states)));
        }
    }
}

TEST_CASE("a divergence is not negative, and 0 exactly where the distributions agree", "[laws]") {
    for (const int states : sizes) {
        const Floats p = draw_distributions(40, states, 1), q = draw_distributions(40, states, 2);
        for (const float divergence : divergences(p, q)) {
            // D >= sum p - sum q for sums that are not exactly 1.
            REQUIRE(divergence >= -2 * sum_error(states));
        }
        REQUIRE(divergences(p, p) == std::vector<float>(40, 0));
    }
    // Neighbors: D is about the square of their distance, far below the rounding of either entropy.
    const Floats p = draw_distributions(40, 10, 3);
    Floats q = p;
    for (float &value : q.data) {
        value = std::nextafter(value, 1.f);
    }
    for (const float divergence : divergences(p, q)) {
        REQUIRE(std::fabs(divergence) <= 4 * epsilon);
    }
}

TEST_CASE("a state with probability 0 costs nothing; one with reference 0 makes the divergence infinite",
          "[laws]") {
    const float infinity = std::numeric_limits<float>::infinity(), tiny = 1e-42f;
    const Floats p{{4, 2}, {0, 1, 0.5f, 0.5f, 0, 1, 1, 0}};
    const Floats q{{4, 2}, {0, 1, 0, 1, 0.5f, 0.5f, tiny, 1}};
    const std::vector<float> divergence = divergences(p, q);
    REQUIRE(divergence[0] == 0);
    REQUIRE(divergence[1] == infinity);
    REQUIRE(divergence[2] == Approx(std::log(2)).epsilon(2 * epsilon));
    REQUIRE(divergence[3] == Approx(-std::log(static_cast<double>(tiny))).epsilon(2 * epsilon));
}

TEST_CASE("information lies between 0 and log S and is the mean divergence from the mean", "[laws]") {
    for (const int states : sizes) {
        for (const int sites : {1, 50, 3000}) {
            const Floats h = draw_distributions(sites, states, 5);
            auto found = run_kernel("mutual_information", {{"posterior", grouped(h)}});
            const double information = found["information"].data[0];
            // Half an epsilon where the results are rounded, one for each float32 term.
            const double rounding = 2 * epsilon * found["marginal_entropy"].data[0];
            INFO("S = " << states << ", " << sites << " sites");
            REQUIRE(information >= -rounding - sum_error(states));
            REQUIRE(information <= std::log(states) + rounding + sum_error(states));
            REQUIRE(information == Approx(static_cast<double>(found["marginal_entropy"].data[0]) -
                                          found["conditional_entropy"].data[0])
                                       .margin(rounding));

            std::vector<double> mean(states);
            for (std::size_t i = 0; i < h.data.size(); i++) {
                mean[i % states] += h.data[i] / static_cast<double>(sites);
            }
            Floats means{h.shape, {}};
            for (std::size_t i = 0; i < h.data.size(); i++) {
                means.data.push_back(static_cast<float>(mean[i % states]));
            }
            double mean_divergence = 0;
            for (const float divergence : divergences(h, means)) {
                mean_divergence += divergence / static_cast<double>(sites);
            }
            REQUIRE(information ==
                    Approx(mean_divergence).margin(sum_error(states) * (1 + std::log(states))));
        }
    }
}

TEST_CASE("equal posteriors tell nothing, certain ones all", "[laws]") {
    const int sites = 4096, states = 16;
    Floats equal{{sites, 1, states}, std::vector<float>(sites * states, 1 / static_cast<float>(states))};
    REQUIRE(std::fabs(run_kernel("mutual_information", {{"posterior", equal}})["information"].data[0]) <=
            2 * epsilon * std::log(states));
    Floats certain{{sites, 1, states}, std::vector<float>(sites * states)};
    for (int site = 0; site < sites; site++) {
        certain.data[site * states + site % states] = 1;
    }
    auto found = run_kernel("mutual_information", {{"posterior", certain}});
    REQUIRE(found["conditional_entropy"].data[0] == 0);
    REQUIRE(found["information"].data[0] == Approx(std::log(states)).epsilon(epsilon));
}
