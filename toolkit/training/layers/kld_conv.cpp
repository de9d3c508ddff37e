// kld_conv: filters' logits, priors' logits and the logarithm of the number of observations.
#include "toolkit/training/layers/kld_layer.h"

namespace fsd::training {

TrainableKind kld_conv() {
    return kld_kind("kld_conv", {"kld_conv"});
}

}  // namespace fsd::training
