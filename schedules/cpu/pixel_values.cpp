// CPU schedule of pixel_values: vectors of pixels.
#include "generators/pixel_values.h"

#include "schedules/idioms/pixel_rows.h"

void fsd::PixelValues::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    pixel_rows(features, image, 1, color, x, y, sample, natural_vector_size<float>());
}
