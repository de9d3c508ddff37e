// CPU schedule of expanded_backward: regions in parallel. P^T G and F^T (P^T G) have vectors along the nodes;
// (P^T G) W^T would gather along them, so a row of W is read in order and its sum stays in one number.
#include "generators/expanded_backward.h"

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
    back.compute_root().parallel(region);
    back.update().reorder(nodes.x, child_state, child_node, child, region).parallel(region);
    slope.compute_root().vectorize(node, vector, guard).parallel(region);
    slope.update()
        .reorder(node, child_states.x, child_node, child, region)
        .vectorize(node, vector, guard)
        .parallel(region);
    d_child_expanded.vectorize(child_node, vector, guard);
    d_edge_weight.vectorize(node, vector, guard);
}
