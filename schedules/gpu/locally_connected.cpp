// GPU schedule of locally_connected: a thread per element.
#include "generators/locally_connected.h"

#include "schedules/idioms/gpu_grouped.h"

void fsd::LocallyConnected::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    copy_map_on_gpu(map);
    elements_on_gpu(preactivation, {output, output_x, output_y, sample}, {sum});
}
