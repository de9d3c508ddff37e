// quadratic: z + alpha z^2, the activation whose moments are exact for any distribution (arXiv 2202.04925).
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind quadratic() {
    LayerKind kind = element_wise("quadratic");
    kind.numbers = {{"alpha", -1e3, 1e3}};
    return kind;
}

}  // namespace fsd::layers
