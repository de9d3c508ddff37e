// renormalized_max_pool: MaxPool, divided by the sum over the states.
#include "toolkit/onnx/layers/over_states.h"
#include "toolkit/onnx/layers/pool.h"

namespace fsd::onnx_layers {
namespace {

void append(OnnxChain &chain, const OnnxPlace &place) {
    append_max_pool(chain, place);
    chain.shape = place.output;
    append_division_by_sum(chain);
}

}  // namespace

OnnxLayer renormalized_max_pool() {
    return {append, true};
}

}  // namespace fsd::onnx_layers
