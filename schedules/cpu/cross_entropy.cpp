// CPU schedule of cross_entropy: vectors along the classes.
#include "generators/cross_entropy.h"

#include "schedules/idioms/parallel_rows.h"

void fsd::CrossEntropy::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    d_logits.vectorize(clas, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf);
    parallel_rows(d_logits, sample, log_posterior.dim(0).extent());
}
