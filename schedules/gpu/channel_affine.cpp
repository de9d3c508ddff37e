// GPU schedule of channel_affine: a thread per element.
#include "generators/channel_affine.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::AffineChannels::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(scaled, {channel, site});
}
