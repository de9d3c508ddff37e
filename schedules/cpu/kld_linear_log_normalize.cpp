// CPU schedule of kld_linear_log_normalize: log-posteriors are computed where their evidence was summed, a
// tile of samples at a time.
//
// Tiles of 8 rows and four terms per loop were recorded for an AMD EPYC (Zen 5, AVX-512) before they became
// the defaults: .79 of the time of 16 rows and one term over 64 x 512 x 10 and 64 x 1024 x 10; .91 and .83 on
// an Intel Xeon (Sapphire Rapids).
#include "generators/kld_linear_log_normalize.h"

#include "schedules/idioms/linear_strips.h"
#include "schedules/idioms/posterior_strips.h"

namespace {

// samples_per_tile is a multiple of the register tiles' rows; the sums of 1024 states take 192 KiB of the
// second-level cache.
fsd::ScheduleParameters parameters(const fsd::ScheduleTemplate &measured, const Halide::Target &target) {
    std::vector<fsd::ScheduleParameter> declared = fsd::evidence_parameters(target);
    declared.push_back({"samples_per_tile", "48", {"16", "32", "96"}});
    return measured.choose(target, declared);
}

}  // namespace

void fsd::KldLinearLogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const ScheduleParameters chosen = parameters(measured, target);
    const LinearTiling tiling = linear_tiling(chosen);
    Halide::Var strip{"strip"}, tile{"posterior_tile"};
    log_posterior.split(sample, strip, sample, tiling.samples_per_strip, guard)
        .vectorize(state, linear.lanes, guard)
        .never_partition(sample, strip)
        .parallel(strip);
    const int samples = chosen.number("samples_per_tile");
    normalize_in_tiles(bayes, log_posterior, strip, tile, {samples, samples}, linear.lanes);
    sum_in_strips(linear, tiling, bayes.result, tile, Halide::LoopLevel(log_posterior, strip));
}
