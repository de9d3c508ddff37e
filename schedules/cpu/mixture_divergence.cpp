// CPU schedule of mixture_divergence: pairs in parallel, vectors along the points, blocks of which stay in
// the first cache; their terms are added in order.
#include "generators/mixture_divergence.h"

void fsd::MixtureDivergence::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<double>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    divergence_from_mixture.parallel(pair);
    sum.compute_at(divergence_from_mixture, pair);
    term.compute_at(divergence_from_mixture, pair).vectorize(point, vector, guard);
    for (Halide::Func part : {peak, mass}) {
        part.compute_at(divergence_from_mixture, pair).vectorize(point, vector, guard);
        part.update().reorder(point, components, pair).vectorize(point, vector, guard);
    }
}
