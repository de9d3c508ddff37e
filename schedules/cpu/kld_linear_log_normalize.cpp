// CPU schedule of kld_linear_log_normalize.
#include "generators/kld_linear_log_normalize.h"

#include "schedules/idioms/linear_strips.h"
#include "schedules/idioms/posterior_rows.h"

void fsd::KldLinearLogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int lanes = natural_vector_size<float>();
    Halide::Var strip{"strip"};
    log_posterior.split(sample, strip, sample, 96, guard)
        .vectorize(state, lanes, guard)
        .never_partition(sample, strip)
        .parallel(strip);
    sum_in_strips(linear, target, log_posterior, strip);
    normalize_rows(bayes, lanes, log_posterior, group);
}
