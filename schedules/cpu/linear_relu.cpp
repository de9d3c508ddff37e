// CPU schedule of linear_relu.
#include "generators/linear_relu.h"

#include "schedules/idioms/long_sums.h"

void fsd::LinearRelu::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const std::vector<ScheduleParameter> declared = result_parameters(layer_parameters(target), target);
    const LinearTiling tiling = result_tiling(measured.choose(target, declared));
    linear_in_strips(activation, output, sample, linear, many, tiling);
    read_by_pointers(get_pipeline(), features, linear, tiling);
}
