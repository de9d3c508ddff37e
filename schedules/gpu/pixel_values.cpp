// GPU schedule of pixel_values: a thread per pixel.
#include "generators/pixel_values.h"

#include "schedules/idioms/gpu_pixels.h"

void fsd::PixelValues::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    pixels_on_gpu(features, color, x, y, sample);
}
