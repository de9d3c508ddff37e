// kld_linear: as kld_conv. Where no kernel fuses it with its normalization, it is a window as large as the
// map, for which there is one.
#include "toolkit/training/layers/kld_layer.h"

namespace fsd::training {

TrainableKind kld_linear() {
    return kld_kind("kld_linear", {"kld_linear", "kld_conv"});
}

}  // namespace fsd::training
