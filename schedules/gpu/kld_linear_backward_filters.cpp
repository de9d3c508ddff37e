// GPU schedule of kld_linear_backward_filters: a thread per weight adds over the samples.
#include "generators/kld_linear_backward_filters.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::KldLinearBackwardFilters::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    elements_on_gpu(d_log_likelihood, {output, input}, {sum});
}
