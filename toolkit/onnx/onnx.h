// Writes a model in ONNX's standard operators, so that any ONNX runtime gives the same numbers.
#pragma once

#include "toolkit/onnx/onnx_interface.h"

#include <string>

namespace fsd {

constexpr int onnx_operator_set = 17;  // that of ONNX 1.12

// The bytes of an ONNX file, whose input and result are onnx_input() and onnx_result(), for any number of
// samples. n is folded into the weights of distributions, and the first layer reads one number per color
// where its windows stay inside the image (docs/math.md, 2.3: the log-odds form). The model must be valid.
// Throws Error(unsupported) where ONNX has no word for a layer, and where the file would exceed the 2 GiB of
// a protocol buffer.
std::string onnx_file(const Model &model, OnnxNumbers numbers = OnnxNumbers::bytes);

// The same, written to `path` whole or not at all; returns the number of bytes. Throws Error(bad_input) that
// names the path.
std::size_t export_onnx(const Model &model, const std::string &path,
                        OnnxNumbers numbers = OnnxNumbers::bytes);

}  // namespace fsd
