// Case of conv_relu.
#include "cases/preactivation.h"

namespace fsd::testing {
namespace {

const CaseOf conv_relu{{
    "conv_relu",
    layer_inputs(),
    {},
    and_shapes_of_gpu_tiles(forward_convolution_shapes()),
    convolution_layer_bench_shapes(),
    [](Problem &problem) { convolution_layer(problem, "activation", relu_of); },
    allowed_error,
    convolution_layer_work,
}};

}  // namespace
}  // namespace fsd::testing
