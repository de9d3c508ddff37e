// CPU schedule of weighted_batch_norm_backward: vectors along the nodes; the two sums, each over the states
// in order, then the gradient.
#include "generators/weighted_batch_norm_backward.h"

void fsd::WeightedBatchNormBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int vector = natural_vector_size<double>();
    for (Halide::Func sum : {common, along}) {
        sum.compute_root().vectorize(node, vector, guard);
        sum.update().reorder(node, states).vectorize(node, vector, guard);
    }
    d_state_preactivation.vectorize(node, vector, guard);
}
