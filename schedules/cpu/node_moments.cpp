// CPU schedule of node_moments: vectors along the nodes; the product with the covariance, which is nearly all
// of the work, in parallel over the features.
#include "generators/node_moments.h"

void fsd::NodeMoments::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<double>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    product.compute_root().vectorize(node, vector, guard).parallel(feature);
    product.update().reorder(node, features, feature, clas).vectorize(node, vector, guard).parallel(feature);
    for (Halide::Func sum : {mean, variance, independent}) {
        sum.compute_root().vectorize(node, vector, guard);
        sum.update().reorder(node, features, clas).vectorize(node, vector, guard);
    }
    for (auto *output : {&node_mean, &node_variance, &node_variance_independent}) {
        output->vectorize(node, vector, guard);
    }
}
