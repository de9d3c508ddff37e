// Normalizes and pools in float64.
#include "toolkit/quantization/map.h"

#include "runtime/error.h"
#include "toolkit/evaluation/information.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

void log_normalize(double *row, int states) {
    const double normalizer = log_sum_exp(row, static_cast<std::size_t>(states));
    for (int s = 0; s < states; s++) {
        row[s] -= normalizer;
    }
}

void normalize(double *row, int states) {
    const double peak = *std::max_element(row, row + states);
    double mass = 0;
    for (int s = 0; s < states; s++) {
        row[s] = std::exp(row[s] - peak);
        mass += row[s];
    }
    for (int s = 0; s < states; s++) {
        row[s] /= mass;
    }
}

template<typename OfRow>
NumberMap by_group(NumberMap map, const OfRow &of_row) {
    const int states = map.states();
    for (std::size_t row = 0; row < map.numbers.size(); row += static_cast<std::size_t>(states)) {
        of_row(&map.numbers[row], states);
    }
    return map;
}

void divide_by_sum(double *row, int states) {
    double sum = 0;
    for (int s = 0; s < states; s++) {
        sum += row[s];
    }
    for (int s = 0; s < states; s++) {
        row[s] /= sum;
    }
}

// Reduces the valid positions of each pooling window, channel by channel, by combine(sum so far, number).
template<typename Combine>
NumberMap reduced(const Layer &layer, const NumberMap &input, const Shape &shape, double start,
                  const Combine &combine, bool divided) {
    NumberMap output(shape);
    const auto channels = static_cast<std::size_t>(input.channels());
    for (int y = 0; y < shape[0]; y++) {
        for (int x = 0; x < shape[1]; x++) {
            const int top = y * layer.attribute("pool_stride_y"), left = x * layer.attribute("pool_stride_x");
            const int bottom = std::min(top + layer.attribute("pool_window_y"), input.shape[0]);
            const int right = std::min(left + layer.attribute("pool_window_x"), input.shape[1]);
            double *place = &output.numbers[(static_cast<std::size_t>(y) * shape[1] + x) * channels];
            std::fill(place, place + channels, start);
            for (int row = top; row < bottom; row++) {
                for (int column = left; column < right; column++) {
                    const double *number =
                        &input.numbers[(static_cast<std::size_t>(row) * input.shape[1] + column) * channels];
                    std::transform(place, place + channels, number, place, combine);
                }
            }
            const double count = static_cast<double>(bottom - top) * (right - left);
            for (std::size_t c = 0; divided && c < channels; c++) {
                place[c] /= count;
            }
        }
    }
    return output;
}

double sum(double a, double b) {
    return a + b;
}

double larger(double a, double b) {
    return std::max(a, b);
}

// exp(l - 0) cannot overflow, and what underflows is below 1e-300.
NumberMap log_marginal_pool(const Layer &layer, NumberMap input, const Shape &shape) {
    for (double &number : input.numbers) {
        number = std::exp(number);
    }
    NumberMap pooled = reduced(layer, input, shape, 0, sum, true);
    for (double &number : pooled.numbers) {
        number = std::log(number);
    }
    return pooled;
}

}  // namespace

LayerWindow window_of(const Layer &layer, const Shape &input) {
    if (layer.op == "kld_linear") {
        return {input[0], input[1], 1, 1, 0, 0};
    }
    return {layer.attribute("window_y"), layer.attribute("window_x"),  layer.attribute("stride_y"),
            layer.attribute("stride_x"), layer.attribute("padding_y"), layer.attribute("padding_x")};
}

NumberMap image_map(const Input &input, const uint8_t *image) {
    NumberMap map({input.height, input.width, input.colors, 2});
    for (std::size_t i = 0; i < map.numbers.size() / 2; i++) {
        map.numbers[2 * i] = (255 - image[i]) / 255.0;
        map.numbers[2 * i + 1] = image[i] / 255.0;
    }
    return map;
}

NumberMap log_normalized(const NumberMap &log_evidence) {
    return by_group(log_evidence, log_normalize);
}

NumberMap apply_plain(const Layer &layer, const NumberMap &input, const Shape &shape) {
    if (layer.op == "normalize") {
        return by_group(input, normalize);
    }
    if (layer.op == "log_normalize") {
        return log_normalized(input);
    }
    if (layer.op == "marginal_pool") {
        return reduced(layer, input, shape, 0, sum, true);
    }
    if (layer.op == "renormalized_max_pool") {
        return by_group(reduced(layer, input, shape, 0, larger, false), divide_by_sum);
    }
    if (layer.op == "log_marginal_pool") {
        return log_marginal_pool(layer, input, shape);
    }
    throw Error(ExitCode::internal, text("A quantized network has no op ", layer.op, "."));
}

int decision(const NumberMap &log_posterior) {
    const std::vector<double> &row = log_posterior.numbers;
    return static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
}

}  // namespace fsd
