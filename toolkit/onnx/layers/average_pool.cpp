// average_pool: AveragePool.
#include "toolkit/onnx/layers/pool.h"

namespace fsd::onnx_layers {

OnnxLayer average_pool() {
    return {append_average_pool};
}

}  // namespace fsd::onnx_layers
