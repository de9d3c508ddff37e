// CPU schedule of expanded_backward: regions in parallel. P^T G and F^T (P^T G) have vectors along the nodes,
// (P^T G) W^T along the child's nodes, for which the weights of a child are transposed once. Both products
// are made child by child, so that they are still in the cache when they become results.
#include "generators/expanded_backward.h"
#include "schedules/idioms/unrolled_terms.h"

void fsd::ExpandedBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int vector = natural_vector_size<double>();
    constexpr int rows_at_once = 8;  // of a slope: 4 KiB for 64 nodes
    Halide::Var block{"block"};
    spread.compute_root().vectorize(node, vector, guard).parallel(region);
    spread.update()
        .reorder(node, states.x, child_state, child, region)
        .vectorize(node, vector, guard)
        .parallel(region);
    d_child_expanded.reorder(child_node, child_state, child, region)
        .vectorize(child_node, vector, guard)
        .parallel(region);
    back.compute_at(d_child_expanded, child).vectorize(child_node, vector, guard);
    unroll_terms(back, nodes.x, child_node, child_state, vector);
    transposed.compute_at(d_child_expanded, child).vectorize(child_node, vector, guard);
    d_edge_weight.split(child_node, block, child_node, rows_at_once, guard)
        .reorder(node, child_node, block, child, region)
        .vectorize(node, vector, guard)
        .parallel(region);
    slope.compute_at(d_edge_weight, block).vectorize(node, vector, guard);
    unroll_terms(slope, child_states.x, node, child_node, vector);
}
