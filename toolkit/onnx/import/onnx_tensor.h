// From ONNX's tensors to constants.
#pragma once

#include "toolkit/onnx/import/onnx_source.h"

namespace onnx {
class TensorProto;
}

namespace fsd {

// Throws Error(bad_input) that names the tensor where its numbers are not as many as its shape says, or
// where they lie in a file that may not be read. `left`: how many numbers there may still be; counted down.
OnnxConstant read_onnx_tensor(const onnx::TensorProto &tensor, const std::string &folder, int64_t &left);

}  // namespace fsd
