// The KLD kinds during training: theta, from which log q = theta - LSE(theta) over the input's states; the
// prior's logits likewise; nu, from which the number of observations n = exp(nu).
#pragma once

#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

// `ops`: that of the kind, and those that do the same with a window as large as the map.
TrainableKind kld_kind(const std::string &name, const std::vector<std::string> &ops);

}  // namespace fsd::training
