// Up to the first nonlinearity all inputs share one covariance; from there each has its own.
#include "toolkit/analysis/moments/noise.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/network.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/analysis/moments/normalization.h"
#include "toolkit/analysis/moments/propagation.h"
#include "toolkit/analysis/moments/samples.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace fsd::analysis {
namespace {

void check(const Model &model, const Dataset &data) {
    if (model.classes.empty() || data.is_regression()) {
        throw Error(ExitCode::bad_input,
                    "Input noise is asked of networks and data with classes; these have numbers.");
    }
    if (!layer_kind(model.layers.back().op).gives_posterior) {
        throw Error(ExitCode::bad_input,
                    text("Input noise is followed to the logits in front of a softmax; the last layer is ",
                         describe_layer(model.layers.back(), model.layers.size() - 1), "."));
    }
}

Matrix noise_covariance(const Model &model, double deviation) {
    const auto inputs = static_cast<Eigen::Index>(element_count(activation_shapes(model)[0]));
    Matrix covariance = Matrix::Identity(inputs, inputs) * (deviation * deviation);
    if (model.input.kind == InputKind::bernoulli) {
        for (Eigen::Index state = 0; state < inputs; state += 2) {
            covariance(state, state + 1) = covariance(state + 1, state) = -deviation * deviation;
        }
    }
    return covariance;
}

class Predicting {
public:
    Predicting(const Model &model, const Dataset &data, int nodes)
        : model_(model),
          data_(data),
          options_{nodes, false},
          whole_(model, 0, options_),
          start_(std::min(whole_.first_nonlinearity(), model.layers.size() - 1)),
          rest_(model, start_, options_),
          means_(activations_of(model, data.inputs(), {start_}).at(start_)) {}

    void predict(NoiseLevel &level) const {
        const Matrix covariance = covariance_at_start(level.deviation);
        const int units = static_cast<int>(covariance.rows());
        const auto *row = static_cast<const float *>(means_.data());
        for (int image = 0; image < data_.count(); image++, row += units) {
            const Vector mean = Eigen::Map<const Eigen::VectorXf>(row, units).cast<double>();
            const Moments logits = logits_of({mean, covariance});
            const int label = data_.labels[static_cast<std::size_t>(image)];
            level.accuracy += probability_of_largest(logits, label) / data_.count();
            level.loss += mean_cross_entropy(logits, label) / data_.count();
        }
    }

private:
    Matrix covariance_at_start(double deviation) const {
        const Matrix covariance = noise_covariance(model_, deviation);
        if (start_ == 0) {
            return covariance;
        }
        return whole_.run_until(start_, {Vector::Zero(covariance.rows()), covariance}).covariance;
    }

    Moments logits_of(const Moments &moments) const {
        return rest_.run_until(model_.layers.size() - 1, moments);
    }

    const Model &model_;
    const Dataset &data_;
    PropagationOptions options_;
    Propagation whole_;
    std::size_t start_;
    Propagation rest_;
    Tensor means_;
};

// Floats as the network takes them: what the first layer reads is scale * v + offset, or P(1).
class Sampling {
public:
    Sampling(const Model &model, const Dataset &data, const NoiseOptions &options)
        : model_(model), data_(data), options_(options), network_(model) {}

    void sample(NoiseLevel &level) {
        const int each = std::max(1, options_.samples / data_.count());
        std::mt19937_64 random(options_.seed);
        double correct = 0, loss = 0, squares = 0;
        for (int image = 0; image < data_.count(); image++) {
            const Tensor posterior = noisy(image, each, level.deviation, random);
            const auto classes = static_cast<int>(model_.classes.size());
            for (int sample = 0; sample < each; sample++) {
                const float *row =
                    static_cast<const float *>(posterior.data()) + std::ptrdiff_t(sample) * classes;
                const int label = data_.labels[static_cast<std::size_t>(image)];
                correct += std::max_element(row, row + classes) - row == label ? 1 : 0;
                loss -= row[label];
                squares += double(row[label]) * row[label];
            }
        }
        level.samples = each * data_.count();
        const double count = level.samples;
        level.sampled_accuracy = correct / count;
        level.sampled_loss = loss / count;
        level.accuracy_error = std::sqrt(level.sampled_accuracy * (1 - level.sampled_accuracy) / count);
        level.loss_error =
            std::sqrt(std::max(0., squares / count - level.sampled_loss * level.sampled_loss) / count);
    }

private:
    Tensor noisy(int image, int count, double deviation, std::mt19937_64 &random) {
        const Tensor &inputs = data_.inputs();
        const Shape shape = shape_of(inputs);
        const std::size_t size = inputs.number_of_elements() / static_cast<std::size_t>(shape[0]);
        std::normal_distribution<double> normal(0, deviation);
        Tensor drawn = make_tensor<float>({count, shape[1], shape[2], shape[3]});
        auto *next = static_cast<float *>(drawn.data());
        const std::size_t first = static_cast<std::size_t>(image) * size;
        for (int sample = 0; sample < count; sample++) {
            for (std::size_t i = 0; i < size; i++) {
                *next++ = static_cast<float>(input(first + i) + normal(random) / scale(i));
            }
        }
        Tensor posterior = make_tensor<float>({count, static_cast<int>(model_.classes.size())});
        network_.run(drawn, posterior);
        return posterior;
    }

    bool reads_bytes() const { return data_.inputs().type() == halide_type_of<std::uint8_t>(); }
    double scale(std::size_t i) const {
        const auto color = static_cast<int>(i % static_cast<std::size_t>(model_.input.colors));
        return model_.input.kind == InputKind::bernoulli ? 1 : model_.input.scale_of(color);
    }
    double input(std::size_t i) const {
        if (!reads_bytes()) {
            return static_cast<const float *>(data_.inputs().data())[i];
        }
        const double value = static_cast<const std::uint8_t *>(data_.inputs().data())[i];
        return model_.input.kind == InputKind::bernoulli ? value / 255 : value;
    }

    const Model &model_;
    const Dataset &data_;
    const NoiseOptions &options_;
    Network network_;
};

}  // namespace

std::vector<NoiseLevel> noise_levels(const Model &model, const Dataset &data,
                                     const std::vector<double> &deviations, const NoiseOptions &options) {
    check(model, data);
    const Dataset some = samples_of(data, 0, std::min(options.images, data.count()));
    const Predicting predicting(model, some, options.nodes);
    Sampling sampling(model, some, options);
    std::vector<NoiseLevel> levels;
    for (const double deviation : deviations) {
        NoiseLevel level;
        level.deviation = deviation;
        level.images = some.count();
        predicting.predict(level);
        if (options.samples > 0) {
            sampling.sample(level);
        }
        levels.push_back(level);
    }
    return levels;
}

}  // namespace fsd::analysis
