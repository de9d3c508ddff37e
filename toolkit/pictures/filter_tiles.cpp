// Cuts log_likelihood [window_y, window_x, input_group, input_state, output] into one tile per filter and
// input.
#include "toolkit/pictures/filter_tiles.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "toolkit/pictures/weight_tiles.h"

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
    result.inputs = static_cast<std::size_t>(columns);
    result.title =
        text(name, ": ", some_of(rows, filters.outputs()), " output states",
             inputs == 1 ? "" : " x " + some_of(columns, inputs) + (binary ? " inputs" : " input states"));
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
    const std::vector<Shape> shapes = activation_shapes(model);
    std::vector<FilterTiles> result;
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        const Layer &layer = model.layers[index];
        if (layer_kind(layer.op).gives_evidence_of_distributions) {
            result.push_back(tiles_of(Filters(model.tensor(layer.name + ".log_likelihood")),
                                      describe_layer(layer, index)));
        } else if (const auto tiles = weight_tiles(model, index, shapes[index])) {
            result.push_back(*tiles);
        }
        // What reads the image has an input for each color.
        if (index == 0 && !result.empty() && model.input.colors == 3 && result.back().inputs == 3) {
            result.back().names = {"red", "green", "blue"};
        }
    }
    if (result.empty()) {
        throw Error(
            ExitCode::unsupported,
            "No layer of the network has weights over a window of several sites, so there are no filters "
            "to draw; leave --filters out.");
    }
    return result;
}

}  // namespace fsd
