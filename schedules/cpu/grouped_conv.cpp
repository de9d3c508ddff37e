// CPU schedule of grouped_conv: strips of rows, in which the padded map is copied, then register tiles.
#include "generators/grouped_conv.h"

#include "schedules/idioms/grouped_strips.h"

void fsd::GroupedConv::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    grouped_in_strips(preactivation, output_x, output_y, sample, grouped, grouped_tiling(measured, target));
}
