// erf: the error function, the activation whose moments have closed forms (arXiv 2202.04925).
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind erf() {
    return element_wise("erf");
}

}  // namespace fsd::layers
