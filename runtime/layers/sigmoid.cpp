// sigmoid: 1 / (1 + exp(-z)); of evidence it approximates normalization, and all states of a group may become
// 0: where the evidence is below -88.7.
#include "runtime/layers/normalization.h"

namespace fsd::layers {

LayerKind sigmoid() {
    LayerKind kind = element_wise_approximation("sigmoid");
    kind.vanishing = LayerKind::Vanishing::begins;
    kind.vanishes_by_rounding = true;
    return kind;
}

}  // namespace fsd::layers
