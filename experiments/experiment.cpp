// The list of experiments.
#include "experiments/experiment.h"

namespace fsd::experiments {

std::vector<Experiment> all_experiments() {
    return {xor_moments(), mnist_moments()};
}

}  // namespace fsd::experiments
