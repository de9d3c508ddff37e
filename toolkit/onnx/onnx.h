// Writes a model in ONNX's standard operators, so that any ONNX runtime gives the same numbers.
#pragma once

#include "toolkit/onnx/onnx_interface.h"

#include <string>

namespace fsd {

constexpr int onnx_operator_set = 17;  // that of ONNX 1.12

// Metadata of the file: the version of the model format, and the description of the network (docs/formats.md)
// without novelty, class names included. Numbers are in the graph alone.
constexpr const char *onnx_version_key = "fsdnet.version", *onnx_network_key = "fsdnet.network";

// The bytes of an ONNX file, whose input and result are onnx_input() and onnx_result(), for any number of
// samples. Distributions stay in the file as they are; nodes between constants, which runtimes compute once
// when they load it, make weights of them. The first layer reads one number per color where its windows stay
// inside the image (docs/math.md, 2.3: the log-odds form). With OnnxWeights::folded the weights alone are in
// the file. The model must be valid.
// Throws Error(unsupported) where ONNX has no word for a layer, and where the file would exceed the 2 GiB of
// a protocol buffer.
std::string onnx_file(const Model &model, OnnxNumbers numbers = OnnxNumbers::bytes,
                      OnnxWeights weights = OnnxWeights::distributions);

// The same, written to `path` whole or not at all; returns the number of bytes. Throws Error(bad_input) that
// names the path.
std::size_t export_onnx(const Model &model, const std::string &path, OnnxNumbers numbers = OnnxNumbers::bytes,
                        OnnxWeights weights = OnnxWeights::distributions);

}  // namespace fsd
