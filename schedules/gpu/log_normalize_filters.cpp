// GPU schedule of log_normalize_filters: a thread per distribution of an output; neighboring outputs are
// neighbors in\nmemory. The second and third pass over a column read from the caches.
#include "generators/log_normalize_filters.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::LogNormalizeFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    log_likelihood.reorder(input_state, output, position);
    elements_on_gpu(log_likelihood, {output, position}, {peak, mass, mass_of_many, log_mass});
}
