// Moments through networks for the exclusive or: four Gaussians in the corners of a square.
#include "experiments/experiment.h"

namespace fsd::experiments {

Experiment xor_moments() {
    return {"xor_moments", "Moments through networks for the exclusive or", nullptr};
}

}  // namespace fsd::experiments
