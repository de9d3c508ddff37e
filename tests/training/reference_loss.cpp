// The loss in float64: loops over the definitions, nothing shared with the kernels.
#include "tests/training/networks.h"

#include <algorithm>
#include <cmath>

namespace fsd::testing {
namespace {

// One sample's activation [y, x, group, state].
struct Map {
    Shape shape;
    std::vector<double> values;

    explicit Map(Shape extents) : shape(std::move(extents)), values(element_count(shape)) {}
    double &at(int y, int x, int group, int state) {
        return values[((std::size_t(y) * shape[1] + x) * shape[2] + group) * shape[3] + state];
    }
};

struct Distributions {
    std::vector<double> log_likelihood;  // [position, input_state, output]
    std::vector<double> log_prior;       // [output]
    double observations;
};

// row[i] -= LSE of the row, for rows of `count` numbers `step` apart.
void log_normalize(double *row, int count, int step) {
    double mass = 0;
    for (int i = 0; i < count; i++) {
        mass += std::exp(row[i * step]);
    }
    for (int i = 0; i < count; i++) {
        row[i * step] -= std::log(mass);
    }
}

std::vector<double> slice(const std::vector<double> &values, const Parameters &layout, const Tensor &part) {
    const auto start =
        static_cast<const float *>(part.data()) - static_cast<const float *>(layout.values.data());
    return {values.begin() + start, values.begin() + start + std::ptrdiff_t(part.number_of_elements())};
}

Distributions distributions(const Block &block, const Parameters &layout, std::size_t layer,
                            const std::vector<double> &values) {
    const Parameters::Part part = layout.part(layout.values, layer);
    Distributions out{slice(values, layout, part.theta), slice(values, layout, part.prior_logits),
                      std::exp(slice(values, layout, part.log_observations)[0])};
    const int states = block.input[3], outputs = block.outputs();
    for (int position = 0; position < block.positions(); position++) {
        for (int output = 0; output < outputs; output++) {
            log_normalize(&out.log_likelihood[std::size_t(position) * states * outputs + output], states,
                          outputs);
        }
    }
    for (int group = 0; group < block.posterior[2]; group++) {
        log_normalize(&out.log_prior[group * block.posterior[3]], block.posterior[3], 1);
    }
    return out;
}

double evidence(const Block &block, const Distributions &given, Map &input, int y, int x, int output) {
    const Window &window = block.window;
    double sum = 0;
    for (int v = 0; v < window.height; v++) {
        for (int u = 0; u < window.width; u++) {
            const int row = y * window.stride_y + v - window.padding_y,
                      column = x * window.stride_x + u - window.padding_x;
            if (row < 0 || row >= input.shape[0] || column < 0 || column >= input.shape[1]) {
                continue;  // not observed
            }
            for (int group = 0; group < input.shape[2]; group++) {
                for (int state = 0; state < input.shape[3]; state++) {
                    const int position = (v * window.width + u) * input.shape[2] + group;
                    sum += input.at(row, column, group, state) *
                           given.log_likelihood[(std::size_t(position) * input.shape[3] + state) *
                                                    block.outputs() +
                                                output];
                }
            }
        }
    }
    return given.log_prior[output] + given.observations * sum;
}

// Log-posteriors at all sites.
Map infer(const Block &block, const Distributions &given, Map &input) {
    Map out(block.posterior);
    for (int y = 0; y < out.shape[0]; y++) {
        for (int x = 0; x < out.shape[1]; x++) {
            for (int output = 0; output < block.outputs(); output++) {
                out.at(y, x, 0, output) = evidence(block, given, input, y, x, output);
            }
            for (int group = 0; group < out.shape[2]; group++) {
                log_normalize(&out.at(y, x, group, 0), out.shape[3], 1);
            }
        }
    }
    return out;
}

// Mean or maximum over the window's valid positions.
double pooled(const Layer &pool, Map &input, int y, int x, int group, int state) {
    const int top = y * pool.attribute("pool_stride_y"), left = x * pool.attribute("pool_stride_x");
    const int bottom = std::min(top + pool.attribute("pool_window_y"), input.shape[0]);
    const int right = std::min(left + pool.attribute("pool_window_x"), input.shape[1]);
    double sum = 0, largest = 0;
    for (int row = top; row < bottom; row++) {
        for (int column = left; column < right; column++) {
            sum += input.at(row, column, group, state);
            largest = std::max(largest, input.at(row, column, group, state));
        }
    }
    return pool.op == "marginal_pool" ? sum / ((bottom - top) * (right - left)) : largest;
}

Map pool_map(const Block &block, Map &input) {
    Map out(block.output);
    for (int y = 0; y < out.shape[0]; y++) {
        for (int x = 0; x < out.shape[1]; x++) {
            for (int group = 0; group < out.shape[2]; group++) {
                double sum = 0;
                for (int state = 0; state < out.shape[3]; state++) {
                    out.at(y, x, group, state) = pooled(*block.pool, input, y, x, group, state);
                    sum += out.at(y, x, group, state);
                }
                for (int state = 0; state < out.shape[3]; state++) {
                    out.at(y, x, group, state) /= block.pool->op == "marginal_pool" ? 1 : sum;
                }
            }
        }
    }
    return out;
}

Map image_of(const Dataset &dataset, int sample) {
    const Shape shape = shape_of(dataset.images);
    Map out({shape[1], shape[2], shape[3], 2});
    const auto *pixels =
        static_cast<const std::uint8_t *>(dataset.images.data()) + sample * out.values.size() / 2;
    for (std::size_t i = 0; i < out.values.size() / 2; i++) {
        out.values[2 * i + 1] = pixels[i] / 255.0;
        out.values[2 * i] = 1 - out.values[2 * i + 1];
    }
    return out;
}

}  // namespace

double reference_loss(const std::vector<Block> &blocks, const Parameters &layout,
                      const std::vector<double> &values, const Dataset &dataset) {
    double loss = 0;
    for (std::size_t sample = 0; sample < dataset.labels.size(); sample++) {
        Map activation = image_of(dataset, static_cast<int>(sample));
        for (std::size_t layer = 0; layer < blocks.size(); layer++) {
            const Block &block = blocks[layer];
            activation = infer(block, distributions(block, layout, layer, values), activation);
            if (layer + 1 < blocks.size()) {
                std::transform(activation.values.begin(), activation.values.end(), activation.values.begin(),
                               [](double log_probability) { return std::exp(log_probability); });
            }
            if (block.pool) {
                activation = pool_map(block, activation);
            }
        }
        loss -= activation.values[dataset.labels[sample]];
    }
    return loss / static_cast<double>(dataset.labels.size());
}

}  // namespace fsd::testing
