// CPU schedule of mutual_information: chunks of sites in parallel, vectors along the states.
#include "generators/mutual_information.h"

void fsd::MutualInformation::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<double>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    chunk_sums.compute_root().vectorize(state, vector, guard).parallel(chunk);
    chunk_sums.update()
        .reorder(state, in_chunk, group, chunk)
        .vectorize(state, vector, guard)
        .parallel(chunk);
    sums.compute_root().vectorize(state, vector, guard);
    sums.update().reorder(state, chunks, group).vectorize(state, vector, guard);
    entropies.compute_root();
}
