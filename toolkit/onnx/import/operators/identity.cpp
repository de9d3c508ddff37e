// Identity: nothing.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
OnnxOperator identity() {
    return {append_nothing, folded_input};
}

}  // namespace fsd::onnx_operators
