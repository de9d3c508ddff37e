// CPU schedule of expanded_forward: regions in parallel, vectors along the nodes. F W, nearly all of the
// work, is kept for one region at a time; states are few, so that it stays in the cache.
#include "generators/expanded_forward.h"
#include "schedules/idioms/unrolled_terms.h"

void fsd::ExpandedForward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int vector = natural_vector_size<double>();
    sum.compute_root().vectorize(node, vector, guard).parallel(region);
    sum.update()
        .reorder(node, state, states.x, states.y, region)
        .vectorize(node, vector, guard)
        .parallel(region);
    weighted.compute_at(sum, region).vectorize(node, vector, guard);
    unroll_terms(weighted, nodes.x, node, child_state, vector);
    expanded_preactivation.vectorize(node, vector, guard);
    expanded_feature.vectorize(node, vector, guard);
}
