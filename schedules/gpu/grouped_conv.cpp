// GPU schedule of grouped_conv: a thread per element.
#include "generators/grouped_conv.h"

#include "schedules/idioms/gpu_grouped.h"

void fsd::GroupedConv::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    grouped_on_gpu(preactivation, output_x, output_y, sample, grouped);
}
