// log_marginal_pool: the gradient goes to each site by its share of the window's mass.
#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

TrainableKind log_marginal_pool() {
    return function_kind("log_marginal_pool",
                         {{"log_probability", BackwardRead::input}, {"log_marginal", BackwardRead::output}});
}

}  // namespace fsd::training
