// The list of experiments.
#include "experiments/experiment.h"

namespace fsd::experiments {

std::vector<Experiment> all_experiments() {
    return {xor_moments(),     mnist_moments(),  aggregation_sums(), aggregation_mnist(), aggregation_cifar(),
            features_tables(), features_mnist(), teacher_graph(),    teacher_recovery(),  pruning()};
}

}  // namespace fsd::experiments
