// relu: max(z, 0); of evidence it approximates normalization, and all states of a group may become 0.
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind relu() {
    LayerKind kind = element_wise_approximation("relu");
    kind.vanishing = LayerKind::Vanishing::begins;
    return kind;
}

}  // namespace fsd::layers
