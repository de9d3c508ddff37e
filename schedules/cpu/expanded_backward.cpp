// CPU schedule of expanded_backward: regions in parallel. P^T G and F^T (P^T G) have vectors along the nodes,
// (P^T G) W^T along the child's nodes, for which the weights of a child are transposed once.
#include "generators/expanded_backward.h"
#include "schedules/idioms/unrolled_terms.h"

void fsd::ExpandedBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int vector = natural_vector_size<double>();
    spread.compute_root().vectorize(node, vector, guard).parallel(region);
    spread.update()
        .reorder(node, states.x, child_state, child, region)
        .vectorize(node, vector, guard)
        .parallel(region);
    back.compute_root().vectorize(child_node, vector, guard).parallel(region);
    unroll_terms(back, nodes.x, child_node, child_state, vector);
    back.update().parallel(region);
    transposed.compute_at(back, child);
    slope.compute_root().vectorize(node, vector, guard).parallel(region);
    unroll_terms(slope, child_states.x, node, child_node, vector);
    slope.update().parallel(region);
    d_child_expanded.vectorize(child_node, vector, guard);
    d_edge_weight.vectorize(node, vector, guard);
}
