// CPU schedule of kld_linear_log_normalize: log-posteriors are computed where their evidence was summed, a
// tile of samples at a time.
#include "generators/kld_linear_log_normalize.h"

#include "schedules/idioms/linear_strips.h"
#include "schedules/idioms/posterior_strips.h"

namespace {

// A multiple of the register tiles' rows; the sums of 1024 states take 192 KiB of the second-level cache.
constexpr int samples_per_tile = 48;

}  // namespace

void fsd::KldLinearLogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const LinearTiling tiling = linear_tiling(target);
    Halide::Var strip{"strip"}, tile{"posterior_tile"};
    log_posterior.split(sample, strip, sample, tiling.samples_per_strip, guard)
        .vectorize(state, linear.lanes, guard)
        .never_partition(sample, strip)
        .parallel(strip);
    normalize_in_tiles(bayes, log_posterior, strip, tile, samples_per_tile, linear.lanes);
    sum_in_strips(linear, tiling, bayes.result, tile);
}
