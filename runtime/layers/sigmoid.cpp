// sigmoid: 1 / (1 + exp(-z)); of evidence it approximates normalization.
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind sigmoid() {
    return element_wise_approximation("sigmoid");
}

}  // namespace fsd::layers
