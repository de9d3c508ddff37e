// GPU schedule of cross_entropy: a thread per gradient, a thread per loss.
#include "generators/cross_entropy.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::CrossEntropy::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(loss, {sample});
    elements_on_gpu(d_logits, {clas, sample});
}
