// GPU schedule of squared_error: a thread per gradient, a thread per loss.
#include "generators/squared_error.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::SquaredError::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(loss, {sample}, {sum});
    elements_on_gpu(d_prediction, {number, sample});
}
