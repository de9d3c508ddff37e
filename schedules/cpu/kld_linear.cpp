// CPU schedule of kld_linear.
#include "generators/kld_linear.h"

#include "schedules/idioms/long_sums.h"

void fsd::KldLinear::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const LinearTiling tiling = linear_tiling(measured.choose(target, evidence_parameters(target)));
    linear_in_strips(log_evidence, output, sample, linear, many, tiling);
}
