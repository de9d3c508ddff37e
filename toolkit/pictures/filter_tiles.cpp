// Cuts log_likelihood [window_y, window_x, input_group, input_state, output] into one tile per filter and
// input.
#include "toolkit/pictures/filter_tiles.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

constexpr int most_rows = 64, most_columns = 64;

class Filters {
public:
    explicit Filters(const Tensor &log_likelihood)
        : shape_(shape_of(log_likelihood)), values_(static_cast<const float *>(log_likelihood.data())) {}

    int groups() const { return shape_[2]; }
    int states() const { return shape_[3]; }
    int outputs() const { return shape_[4]; }

    // log q1/q0 of a two-state input.
    cv::Mat odds(int output, int group) const {
        return tile([&](int y, int x) { return at(y, x, group, 1, output) - at(y, x, group, 0, output); });
    }

    // log q relative to the uniform distribution.
    cv::Mat excess(int output, int group, int state) const {
        const float uniform = std::log(static_cast<float>(states()));
        return tile([&](int y, int x) { return at(y, x, group, state, output) + uniform; });
    }

private:
    float at(int y, int x, int group, int state, int output) const {
        return values_[(((std::size_t(y) * shape_[1] + x) * shape_[2] + group) * shape_[3] + state) *
                           shape_[4] +
                       output];
    }

    template<typename Value>
    cv::Mat tile(Value value) const {
        cv::Mat result(shape_[0], shape_[1], CV_32F);
        for (int y = 0; y < shape_[0]; y++) {
            for (int x = 0; x < shape_[1]; x++) {
                result.at<float>(y, x) = value(y, x);
            }
        }
        return result;
    }

    Shape shape_;
    const float *values_;
};

FilterTiles tiles_of(const Filters &filters, const std::string &name) {
    const bool binary = filters.states() == 2;
    const int inputs = binary ? filters.groups() : filters.groups() * filters.states();
    const int rows = std::min(filters.outputs(), most_rows), columns = std::min(inputs, most_columns);
    FilterTiles result;
    result.unit = binary ? "log q1/q0, nats" : "log q - log 1/S, nats";
    result.columns = inputs == 1 ? std::min(rows, 16) : columns;
    result.title = text(name, ": ", rows < filters.outputs() ? text("the first ", rows, " of ") : "",
                        filters.outputs(), inputs == 1 ? " output states" : " output states (rows)",
                        inputs == 1 ? ""
                                    : text(" x ", columns < inputs ? text("the first ", columns, " of ") : "",
                                           inputs, binary ? " inputs" : " input states", " (columns)"));
    for (int output = 0; output < rows; output++) {
        for (int input = 0; input < columns; input++) {
            result.tiles.push_back(
                binary ? filters.odds(output, input)
                       : filters.excess(output, input / filters.states(), input % filters.states()));
        }
    }
    return result;
}

}  // namespace

std::vector<FilterTiles> filter_tiles(const Model &model) {
    std::vector<FilterTiles> result;
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        const Layer &layer = model.layers[index];
        if (layer_kind(layer.op).gives_evidence_of_distributions) {
            result.push_back(tiles_of(Filters(model.tensor(layer.name + ".log_likelihood")),
                                      describe_layer(layer, index)));
        }
    }
    return result;
}

}  // namespace fsd
