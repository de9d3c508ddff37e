// Criterion A6: sums of rectified, correlated normal numbers are hurdle Gamma, as an average pool's are.
#include "toolkit/analysis/aggregation/hurdle_gamma.h"
#include "toolkit/analysis/aggregation/kolmogorov_smirnov.h"

#include <catch2/catch.hpp>

#include <random>

using namespace fsd;
using namespace fsd::analysis;

namespace {

struct Setting {
    double mean, correlation;  // of neighbors
};

// Sums over 49 locations, sorted.
std::vector<double> sums(const Setting &setting, int count) {
    std::mt19937_64 random(7);
    std::normal_distribution<double> normal;
    const double fresh = std::sqrt(1 - setting.correlation * setting.correlation);
    std::vector<double> result(count);
    for (double &sum : result) {
        double state = normal(random);
        for (int location = 0; location < 49; location++) {
            sum += std::max(0., setting.mean + state);
            state = setting.correlation * state + fresh * normal(random);
        }
    }
    std::sort(result.begin(), result.end());
    return result;
}

double distance(const std::vector<double> &sorted) {
    const auto count = static_cast<double>(sorted.size());
    double mean = 0, square = 0;
    for (const double sum : sorted) {
        mean += sum / count;
        square += sum * sum / count;
    }
    const auto positive = std::upper_bound(sorted.begin(), sorted.end(), 0.);
    const double zeros = static_cast<double>(positive - sorted.begin()) / count;
    const HurdleGamma fit = hurdle_gamma_of_moments(mean, square - mean * mean, zeros);
    return kolmogorov_smirnov(
        sorted, [&](double x) { return fit.cumulative(x); },
        [&](double x) { return fit.cumulative_below(x); });
}

}  // namespace

TEST_CASE("sums of rectified normal numbers are hurdle Gamma within 0.04", "[aggregation]") {
    const Setting settings[] = {{0, 0}, {0, 0.6}, {0, 0.9}, {-1, 0}, {-1, 0.6}, {-1, 0.9}, {-2, 0.9}};
    for (const Setting &setting : settings) {
        INFO("mean " << setting.mean << ", correlation " << setting.correlation);
        const double found = distance(sums(setting, 10000));
        CAPTURE(found);
        CHECK(found <= 0.04);
    }
}
