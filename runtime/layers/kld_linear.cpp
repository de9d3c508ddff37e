// kld_linear: the evidence of hidden states, given the whole map (docs/math.md, 2.1).
#include "runtime/layers/kld.h"

#include "runtime/tensor.h"

namespace fsd::layers {
namespace {

// More inputs are summed in blocks (generators/long_sums.h), which the fused kernel does not do.
constexpr std::size_t most_inputs_fused = 4096;

}  // namespace

LayerKind kld_linear() {
    LayerKind kind = kld("kld_linear", {});
    kind.stands_alone = [](const Layer &, const Shape &input) {
        return element_count(input) > most_inputs_fused;
    };
    return kind;
}

}  // namespace fsd::layers
