// CPU schedule of log_normalize_filters: the states run inside, one vector of outputs at a time.
#include "generators/log_normalize_filters.h"

#include "schedules/idioms/parallel_rows.h"

void fsd::LogNormalizeFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    Halide::Var lane{"lane"};
    log_likelihood.split(output, output, lane, vector, Halide::TailStrategy::GuardWithIf)
        .reorder(lane, input_state, output, position)
        .vectorize(lane);
    parallel_rows(log_likelihood, position, log_likelihood.dim(0).extent() * log_likelihood.dim(1).extent());
    for (Halide::Func stage : {peak, mass, mass_of_many, log_mass}) {
        stage.compute_at(log_likelihood, output).vectorize(stage.args()[0]);
    }
    peak.update().vectorize(output);
    mass.update().vectorize(output);
    mass_of_many.update().vectorize(output);
}
