// Case of conv.
#include "cases/preactivation.h"

namespace fsd::testing {
namespace {

const CaseOf conv{{
    "conv",
    layer_inputs(),
    {},
    and_shapes_of_gpu_tiles(forward_convolution_shapes()),
    convolution_layer_bench_shapes(),
    [](Problem &problem) { convolution_layer(problem, "preactivation", identity); },
    allowed_error,
    convolution_layer_work,
}};

}  // namespace
}  // namespace fsd::testing
