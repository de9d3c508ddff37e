// Cuts weights [window_y, window_x, input, output], or [y * x * input, output], into one tile per output and
// input.
#include "toolkit/pictures/weight_tiles.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"

#include <algorithm>

namespace fsd {
namespace {

constexpr int most_rows = 64, most_columns = 64;

// As a window: that of the tensor, or the whole map where its inputs are counted on one axis.
std::optional<Shape> window_shape(const Shape &stored, const Shape &input) {
    if (stored.size() == 4) {
        return stored;
    }
    if (stored.size() == 2) {
        return Shape{input[0], input[1], input[2] * input[3], stored[1]};
    }
    return std::nullopt;
}

cv::Mat tile(const float *weights, const Shape &shape, int input, int output) {
    cv::Mat result(shape[0], shape[1], CV_32F);
    for (int y = 0; y < shape[0]; y++) {
        for (int x = 0; x < shape[1]; x++) {
            const std::size_t row = (std::size_t(y) * shape[1] + x) * shape[2] + input;
            result.at<float>(y, x) = weights[row * shape[3] + output];
        }
    }
    return result;
}

}  // namespace

std::string some_of(int shown, int all) {
    return shown < all ? text("the first ", shown, " of ", all) : text(all);
}

std::optional<FilterTiles> weight_tiles(const Model &model, std::size_t index, const Shape &input) {
    const Layer &layer = model.layers[index];
    const LayerKind &kind = layer_kind(layer.op);
    if (!kind.absorb) {
        return std::nullopt;
    }
    const Tensor &weights = model.tensor(layer.name + "." + kind.tensors.front().role);
    const std::optional<Shape> shape = window_shape(shape_of(weights), input);
    if (!shape || (*shape)[0] * (*shape)[1] == 1) {
        return std::nullopt;
    }
    const int rows = std::min((*shape)[3], most_rows), columns = std::min((*shape)[2], most_columns);
    FilterTiles result;
    result.least_range = 1e-6;
    result.unit = "weight";
    result.inputs = static_cast<std::size_t>(columns);
    result.title = text(describe_layer(layer, index), ": ", some_of(rows, (*shape)[3]), " outputs",
                        columns == 1 ? "" : " x " + some_of(columns, (*shape)[2]) + " inputs");
    for (int output = 0; output < rows; output++) {
        for (int channel = 0; channel < columns; channel++) {
            result.tiles.push_back(tile(static_cast<const float *>(weights.data()), *shape, channel, output));
        }
    }
    return result;
}

}  // namespace fsd
