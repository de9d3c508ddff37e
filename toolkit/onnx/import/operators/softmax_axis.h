// Softmax and LogSoftmax, whose axis must be that of the channels.
#pragma once

#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd {

void append_over_channels(ImportChain &chain, const OnnxNode &node, const std::string &kind);

// A softmax at the end of a model becomes log_softmax, which models end with: true where it did.
bool ends_with_logarithm(Model &model);

// Whether a model ends with log-probabilities of classes.
bool gives_classes(const Model &model);

// Adds a log_softmax, for classes that only have a name.
void append_classes(Model &model);

}  // namespace fsd
