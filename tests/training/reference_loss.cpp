// The loss in float64: through the layers of the reference to its end.
#include "tests/training/networks.h"
#include "tests/training/reference_layers.h"

#include <cmath>

namespace fsd::testing {
namespace {

RawNumbers raw_numbers(const TrainableNetwork &network, std::size_t layer,
                       const std::vector<double> &values) {
    RawNumbers numbers;
    for (const auto &[role, view] : network.numbers(layer).values) {
        const auto start =
            static_cast<const float *>(view.data()) - static_cast<const float *>(network.values.data());
        numbers[role] = {values.begin() + start,
                         values.begin() + start + std::ptrdiff_t(view.number_of_elements())};
    }
    return numbers;
}

double number_at(const Dataset &dataset, std::size_t i) {
    if (dataset.is_numeric()) {
        return static_cast<const float *>(dataset.features.data())[i];
    }
    return static_cast<const std::uint8_t *>(dataset.images.data())[i];
}

Maps input_of(const Input &input, const Dataset &dataset) {
    const bool states = input.kind == InputKind::bernoulli;
    Maps out(dataset.count(),
             {input.height, input.width, states ? input.colors : 1, states ? 2 : input.colors});
    const std::size_t count = dataset.inputs().number_of_elements();
    for (std::size_t i = 0; i < count; i++) {
        const double number = number_at(dataset, i);
        if (states) {
            out.values[2 * i + 1] = dataset.is_numeric() ? number : number / 255;
            out.values[2 * i] = 1 - out.values[2 * i + 1];
        } else {
            const int color = static_cast<int>(i % input.colors);
            out.values[i] = input.scale_of(color) * number + input.offset_of(color);
        }
    }
    return out;
}

double target_of(const Dataset &dataset, int sample, int number, int numbers) {
    if (dataset.is_regression()) {
        return static_cast<const float *>(dataset.targets.data())[sample * numbers + number];
    }
    return dataset.labels[sample] == number ? 1 : 0;
}

double loss_of(const Maps &end, ActivationKind kind, const Dataset &dataset, int sample) {
    const int numbers = end.channels();
    if (kind == ActivationKind::log_probability) {
        return -end.at(sample, 0, 0, dataset.labels[sample]);
    }
    double loss = 0;
    for (int number = 0; number < numbers; number++) {
        const double error = end.at(sample, 0, 0, number) - target_of(dataset, sample, number, numbers);
        loss += error * error;
    }
    return loss;
}

// Cross entropy of the mean logits with the shares of the classes, less the two-sided H-score of features =
// identity and class features = columns: s are the logits without their means.
double h_score_loss(const Maps &end, const Dataset &dataset) {
    const int classes = end.channels(), samples = dataset.count();
    std::vector<double> share(classes), mean(classes), row_mean(samples);
    for (const int label : dataset.labels) {
        share[label] += 1. / samples;
    }
    for (int n = 0; n < samples; n++) {
        for (int c = 0; c < classes; c++) {
            row_mean[n] += share[c] * end.at(n, 0, 0, c);
            mean[c] += end.at(n, 0, 0, c) / samples;
        }
    }
    double mass = 0, grand_mean = 0, loss = 0;
    for (int c = 0; c < classes; c++) {
        mass += std::exp(mean[c]);
        grand_mean += share[c] * mean[c];
    }
    for (int n = 0; n < samples; n++) {
        for (int c = 0; c < classes; c++) {
            const double s = end.at(n, 0, 0, c) - row_mean[n] - mean[c] + grand_mean;
            loss += (share[c] * s * s / 2 - (c == dataset.labels[n] ? s : 0)) / samples;
        }
        loss -= (mean[dataset.labels[n]] - std::log(mass)) / samples;
    }
    return loss;
}

}  // namespace

double reference_loss(const TrainableNetwork &network, const std::vector<double> &values,
                      const Dataset &dataset, const std::string &name) {
    Maps activation = input_of(network.description().input, dataset);
    for (std::size_t layer = 0; layer < network.layers(); layer++) {
        activation = reference_layer(network.site(layer), raw_numbers(network, layer, values), activation);
    }
    if (name == "h_score") {
        return h_score_loss(activation, dataset);
    }
    double loss = 0;
    for (int sample = 0; sample < dataset.count(); sample++) {
        loss += loss_of(activation, network.site(network.layers() - 1).output.kind, dataset, sample);
    }
    return loss / dataset.count();
}

}  // namespace fsd::testing
