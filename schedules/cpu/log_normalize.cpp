// CPU schedule of log_normalize: one row at a time, vectors along the states.
#include "generators/log_normalize.h"

void fsd::LogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    log_posterior.vectorize(state, vector, Halide::TailStrategy::GuardWithIf)
        .parallel(site, 64, Halide::TailStrategy::GuardWithIf);
    log_mass.compute_at(log_posterior, group);
    mass.compute_at(log_posterior, group);
    peak.compute_at(log_posterior, group);
}
