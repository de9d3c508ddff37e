// CPU schedule of linear.
#include "generators/linear.h"

#include "schedules/idioms/long_sums.h"

void fsd::Linear::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const LinearTiling tiling = linear_tiling(measured.choose(target, layer_parameters(target)));
    linear_in_strips(preactivation, output, sample, linear, many, tiling);
}
