// Criterion A6: sums of rectified, correlated normal numbers are hurdle Gamma, as an average pool's are.
#include "experiments/rectified_sum.h"
#include "toolkit/analysis/aggregation/hurdle_gamma.h"
#include "toolkit/analysis/aggregation/kolmogorov_smirnov.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::analysis;

TEST_CASE("sums of rectified normal numbers are hurdle Gamma within 0.04", "[aggregation]") {
    for (const experiments::RectifiedSum &setting : experiments::rectified_sums) {
        INFO("mean " << setting.mean << ", correlation " << setting.correlation);
        const auto samples = experiments::draw(setting, 10000);
        const HurdleGamma fit = hurdle_gamma_of_moments(samples.mean, samples.variance, samples.zeros);
        CHECK(kolmogorov_smirnov(
                  samples.sums, [&](double x) { return fit.cumulative(x); },
                  [&](double x) { return fit.cumulative_below(x); }) <= 0.04);
    }
}
