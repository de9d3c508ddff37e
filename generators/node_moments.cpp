// mean = b + sum w m, variance = w^T C w and, without covariances, sum w^2 C_ff, for each class and node;
// float64.
#include "generators/node_moments.h"

#include "generators/start_at_zero.h"

namespace fsd {

void NodeMoments::generate() {
    start_at_zero({class_mean, class_covariance, node_weight, node_bias, node_mean, node_variance,
                   node_variance_independent});
    const Expr count = class_mean.dim(0).extent(), zero = cast<double>(0.f);
    class_covariance.dim(0).set_extent(count);
    class_covariance.dim(1).set_extent(count);
    node_weight.dim(1).set_extent(count);
    features = Halide::RDom(0, count, "features");

    product(node, feature, clas) = zero;
    product(node, feature, clas) += class_covariance(features, feature, clas) * node_weight(node, features);
    mean(node, clas) = node_bias(node);
    mean(node, clas) += class_mean(features, clas) * node_weight(node, features);
    variance(node, clas) = zero;
    variance(node, clas) += product(node, features, clas) * node_weight(node, features);
    independent(node, clas) = zero;
    independent(node, clas) += class_covariance(features, features, clas) * node_weight(node, features) *
                               node_weight(node, features);
    node_mean(node, clas) = mean(node, clas);
    node_variance(node, clas) = variance(node, clas);
    node_variance_independent(node, clas) = independent(node, clas);

    class_mean.set_estimates({{0, 64}, {0, 10}});
    class_covariance.set_estimates({{0, 64}, {0, 64}, {0, 10}});
    node_weight.set_estimates({{0, 10}, {0, 64}});
    node_bias.set_estimates({{0, 10}});
    for (auto *output : {&node_mean, &node_variance, &node_variance_independent}) {
        output->set_estimates({{0, 10}, {0, 10}});
    }
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::NodeMoments, node_moments)
