// What hangs over the border is written as padding behind the map, of which neither the average
// (count_include_pad = 0) nor the maximum takes notice: ceil_mode, whose rounding differs between runtimes,
// is not needed.
#include "toolkit/onnx/layers/pool.h"

#include "runtime/signature.h"

namespace fsd {
namespace {

OnnxPoolAxis pool_axis(const Layer &layer, const std::string &name, int64_t axis, int extent) {
    const int window = layer.attribute("pool_window_" + name),
              stride = layer.attribute("pool_stride_" + name);
    return {axis, extent, window, stride, pool_positions(extent, window, stride)};
}

OnnxGraph::Attributes pool_attributes(const OnnxChain &chain, const Layer &layer) {
    const OnnxPoolAxis y = pool_axis_y(chain, layer), x = pool_axis_x(chain, layer);
    return {{"kernel_shape", {y.window, x.window}},
            {"strides", {y.stride, x.stride}},
            {"pads", {0, 0, y.overhang(), x.overhang()}}};
}

}  // namespace

OnnxPoolAxis pool_axis_y(const OnnxChain &chain, const Layer &layer) {
    return pool_axis(layer, "y", 2, chain.shape[0]);
}

OnnxPoolAxis pool_axis_x(const OnnxChain &chain, const Layer &layer) {
    return pool_axis(layer, "x", 3, chain.shape[1]);
}

void append_average_pool(OnnxChain &chain, const OnnxPlace &place) {
    chain.unflatten();
    OnnxGraph::Attributes attributes = pool_attributes(chain, place.layer());
    attributes.emplace_back("count_include_pad", 0);
    chain.append("AveragePool", {}, attributes);
}

void append_max_pool(OnnxChain &chain, const OnnxPlace &place) {
    chain.unflatten();
    chain.append("MaxPool", {}, pool_attributes(chain, place.layer()));
}

}  // namespace fsd
