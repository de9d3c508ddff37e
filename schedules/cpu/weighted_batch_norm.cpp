// CPU schedule of weighted_batch_norm: vectors along the nodes, one pass over the states for each sum, so
// that the sums have one order.
#include "generators/weighted_batch_norm.h"

void fsd::WeightedBatchNorm::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int vector = natural_vector_size<double>();
    for (Halide::Func sum : {mean, variance}) {
        sum.compute_root().vectorize(node, vector, guard);
        sum.update().reorder(node, states).vectorize(node, vector, guard);
    }
    inverse.compute_root().vectorize(node, vector, guard);
    inverse_deviation.vectorize(node, vector, guard);
    standardized.vectorize(node, vector, guard);
    state_normalized.vectorize(node, vector, guard);
}
