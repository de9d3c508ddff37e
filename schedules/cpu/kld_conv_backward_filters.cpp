// CPU schedule of kld_conv_backward_filters: one vector of outputs over all sites.
#include "generators/kld_conv_backward_filters.h"

void fsd::KldConvBackwardFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    d_log_likelihood.vectorize(output, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf)
        .parallel(window_y);
    sum.compute_at(d_log_likelihood, input)
        .vectorize(output, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf);
    sum.update()
        .reorder(output, site.x, site.y, site.z)
        .vectorize(output, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf);
}
