// max_pool: MaxPool.
#include "toolkit/onnx/layers/pool.h"

namespace fsd::onnx_layers {

OnnxLayer max_pool() {
    return {append_max_pool};
}

}  // namespace fsd::onnx_layers
