// CPU schedule of linear_relu.
#include "generators/linear_relu.h"

#include "schedules/idioms/long_sums.h"

void fsd::LinearRelu::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const LinearTiling tiling = linear_tiling(measured.choose(target, layer_parameters(target)));
    linear_in_strips(activation, output, sample, linear, many, tiling);
}
