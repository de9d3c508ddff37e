// Moments through networks for MNIST: criteria M1 to M5 of docs/analysis.md.
#include "experiments/experiment.h"
#include "experiments/gaussian_digits.h"
#include "experiments/training.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/analysis/median.h"
#include "toolkit/analysis/moments/gaussian.h"
#include "toolkit/analysis/moments/measured.h"
#include "toolkit/analysis/moments/moment_plots.h"
#include "toolkit/analysis/moments/noise.h"
#include "toolkit/analysis/moments/nonlinearities.h"
#include "toolkit/analysis/moments/samples.h"
#include "toolkit/analysis/moments/tail.h"

#include <algorithm>
#include <cmath>

namespace fsd::experiments {
namespace {

using namespace analysis;

constexpr int seeds = 3;
constexpr std::size_t logits = 6;  // the last linear layer of 784-100-100-100-10

// How moments are followed to the logits.
struct Way {
    std::string name;
    std::size_t from;
    int order;
    bool diagonal;
};
const std::vector<Way> ways = {{"input", 0, 2, false},
                               {"input, third order in layer 1", 0, 3, false},
                               {"layer 1", 2, 2, false},
                               {"layer 2", 4, 2, false},
                               {"input, without covariances", 0, 2, true},
                               {"layer 1, without covariances", 2, 2, true},
                               {"layer 2, without covariances", 4, 2, true},
                               {"layer 3, without covariances", 6, 2, true}};
enum WayIndex { input, third, layer1, layer2, flat_input, flat1, flat2, flat3 };

struct Sets {
    Dataset train, test;
};

Model digit_network(const Dataset &data, std::uint64_t seed) {
    TrainingOptions options;
    options.epochs = 8;
    options.rate = 0.001;
    options.seed = seed;
    return trained(dense_network(784, {100, 100, 100}, 10, "relu", true), data, options);
}

// The last layer is left out: criteria are about the logits.
MomentError error_at_logits(const Study &study) {
    for (const LayerStudy &layer : study.layers) {
        if (layer.layer == logits) {
            return layer.error;
        }
    }
    return study.layers.back().error;
}

using Activations = std::map<std::size_t, Tensor>;

Activations all_activations(const Model &model, const Dataset &data) {
    std::vector<std::size_t> layers;
    for (std::size_t layer = 0; layer <= model.layers.size(); layer++) {
        layers.push_back(layer);
    }
    return activations_of(model, data.inputs(), layers);
}

Study study_of(const Model &model, const Activations &activations, const Dataset &data, const Way &way) {
    return study_moments(model, activations, data.labels, data.classes,
                         {way.from, way.order, {16, way.diagonal}});
}

std::vector<MomentError> errors_of(const Model &model, const Activations &activations, const Dataset &data) {
    std::vector<MomentError> errors;
    for (const Way &way : ways) {
        errors.push_back(error_at_logits(study_of(model, activations, data, way)));
    }
    return errors;
}

std::string span(const std::vector<std::vector<MomentError>> &runs, std::size_t way,
                 double MomentError::*figure) {
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (const auto &run : runs) {
        low = std::min(low, run[way].*figure);
        high = std::max(high, run[way].*figure);
    }
    return fixed(low, 3) + " to " + fixed(high, 3);
}

void add_error_table(Report &report, const std::vector<std::vector<MomentError>> &runs) {
    std::vector<std::vector<std::string>> rows;
    for (std::size_t way = 0; way < ways.size(); way++) {
        rows.push_back({ways[way].name, span(runs, way, &MomentError::mean),
                        span(runs, way, &MomentError::deviation), span(runs, way, &MomentError::covariance),
                        span(runs, way, &MomentError::divergence)});
    }
    report.table({"Gaussian at", "mean / sd", "sd", "covariance", "KL, nats"}, rows);
}

double worst(const std::vector<std::vector<MomentError>> &runs, WayIndex way) {
    double result = 0;
    for (const auto &run : runs) {
        result = std::max(result, run[way].deviation);
    }
    return result;
}

double least_ratio(const std::vector<std::vector<MomentError>> &runs, WayIndex above, WayIndex below) {
    double result = HUGE_VAL;
    for (const auto &run : runs) {
        result = std::min(result, run[above].deviation / run[below].deviation);
    }
    return result;
}

void add_error_criteria(Report &report, const std::vector<std::vector<MomentError>> &runs) {
    const double ratio = least_ratio(runs, input, layer1);
    report.criterion({"M1", "sd error from layer 1 on at most 0.05, and from the input at least 3 times that",
                      fixed(worst(runs, layer1), 3) + "; " + fixed(ratio, 1) + " times",
                      worst(runs, layer1) <= 0.05 && ratio >= 3});
    const double cut = least_ratio(runs, input, third);
    report.criterion({"M2",
                      "third order in layer 1 brings the sd error below 0.06 and cuts it at least 2.5 times",
                      fixed(worst(runs, third), 3) + "; " + fixed(cut, 1) + " times",
                      worst(runs, third) < 0.06 && cut >= 2.5});
    double least = HUGE_VAL;
    for (const WayIndex way : {flat_input, flat1, flat2, flat3}) {
        for (const auto &run : runs) {
            least = std::min(least, run[way].deviation);
        }
    }
    report.criterion({"M3", "without covariances the sd error is at least 0.4, from whichever layer on",
                      fixed(least, 2) + " at least", least >= 0.4});
}

// Accuracy on Gaussian samples put in at a layer.
double accuracy_from(const Model &model, const Activations &activations, const Dataset &data,
                     std::size_t layer) {
    const Dataset drawn =
        gaussian_classes(class_moments(activations.at(layer), data.labels, 10), 1000, 100 + layer);
    return accuracy_of(*tail_of(model, layer), drawn.features, drawn.labels);
}

void add_injection(Report &report, const Model &model, const Activations &activations, const Dataset &data) {
    const double trained_accuracy = accuracy_of(model, data.inputs(), data.labels);
    std::vector<std::vector<std::string>> rows;
    double least = 1, at_input = 0;
    for (const std::size_t layer : {0, 2, 4, 6}) {
        const double accuracy = accuracy_from(model, activations, data, layer);
        rows.push_back({layer == 0 ? "input" : "layer " + std::to_string(layer / 2), fixed(accuracy, 4)});
        (layer == 0 ? at_input : least) = layer == 0 ? accuracy : std::min(least, accuracy);
    }
    report.criterion({"M4",
                      "Gaussian samples put in from layer 1 on are recognized within 0.02 of the training "
                      "accuracy, at the "
                      "input at least 0.03 below it",
                      fixed(least, 4) + " and " + fixed(at_input, 4) + " of " + fixed(trained_accuracy, 4),
                      least >= trained_accuracy - 0.02 && at_input <= trained_accuracy - 0.03});
    report.heading("Gaussian samples put in at a layer");
    report.table({"put in at", "accuracy"}, rows);
}

void add_training_on_moments(Report &report, const Sets &sets) {
    std::vector<Moments> full = class_moments(sets.train.features, sets.train.labels, 10), diagonal = full;
    for (Moments &moments : diagonal) {
        moments = without_covariances(moments);
    }
    const double accuracy =
        accuracy_of(digit_network(gaussian_classes(full, 6000, 1), 0), sets.test.inputs(), sets.test.labels);
    const double without = accuracy_of(digit_network(gaussian_classes(diagonal, 6000, 1), 0),
                                       sets.test.inputs(), sets.test.labels);
    report.criterion(
        {"M5",
         "trained on Gaussian samples of each class alone: at least 0.92 of the real test images, at least "
         "0.05 more than without covariances",
         fixed(accuracy, 4) + " and " + fixed(without, 4), accuracy >= 0.92 && accuracy - without >= 0.05});
}

// One layer's ReLU of truly Gaussian numbers.
void add_exact_kernel(Report &report, const Activations &activations, const Dataset &data) {
    std::vector<double> exact, diagonal;
    for (int label = 0; label < 10; label++) {
        const Moments before = sample_moments(samples_of_class(activations.at(1), data.labels, label));
        Tensor drawn = gaussian_samples(before, 40000, 7);
        auto *values = static_cast<float *>(drawn.data());
        std::transform(values, values + drawn.number_of_elements(), values,
                       [](float z) { return std::max(z, 0.F); });
        const Moments behind = sample_moments(drawn), predicted = relu_moments(before);
        exact.push_back((predicted.covariance - behind.covariance).norm() / behind.covariance.norm());
        const Matrix flat = without_covariances(predicted).covariance;
        diagonal.push_back((flat - behind.covariance).norm() / behind.covariance.norm());
    }
    report.criterion(
        {"E1",
         "ReLU of Gaussian numbers with the moments of layer 1: covariance error at most 0.02, what 40,000 "
         "samples can tell (network_moments, which takes covariances as if means were 0: 0.481)",
         fixed(median(exact).value_or(0), 4) +
             " (variances alone: " + fixed(median(diagonal).value_or(0), 3) + ")",
         median(exact).value_or(0) <= 0.02});
}

// Covariance error of each hidden layer's own map, second and third order.
void add_layer_maps(Report &report, const Activations &activations, const Dataset &data) {
    std::vector<std::vector<std::string>> rows;
    Marks second{"second order", Mark::line, {}, {}}, third_order{"third order", Mark::line, {}, {}};
    for (std::size_t layer : {1, 3, 5}) {
        std::vector<double> errors, corrected;
        for (int label = 0; label < 10; label++) {
            const Tensor samples = samples_of_class(activations.at(layer), data.labels, label);
            const Moments before = sample_moments(samples);
            const Moments behind =
                sample_moments(samples_of_class(activations.at(layer + 1), data.labels, label));
            const auto error = [&](const Moments &found) {
                return (found.covariance - behind.covariance).norm() / behind.covariance.norm();
            };
            errors.push_back(error(relu_moments(before)));
            corrected.push_back(error(relu_moments_of_third_order(before, third_cumulants(samples))));
        }
        const double place = double(layer + 1) / 2;
        second.x.push_back(place);
        third_order.x.push_back(place);
        second.y.push_back(median(errors).value_or(0));
        third_order.y.push_back(median(corrected).value_or(0));
        rows.push_back({std::to_string((layer + 1) / 2), fixed(median(errors).value_or(0), 3),
                        fixed(median(corrected).value_or(0), 3)});
    }
    report.heading("One layer at a time");
    report.paragraph(
        "Error of the covariance behind the ReLU of each layer, from measured moments in front of it.");
    report.table({"layer", "second order", "third order"}, rows);
    report.picture(
        "orders", "Error of one layer's covariance by depth and order",
        {{"One layer's covariance", "layer", "relative error", {second, third_order}, false, Scale::whole}});
}

void add_noise(Report &report, const Model &model, const Dataset &test) {
    std::vector<std::vector<std::string>> rows;
    for (const NoiseLevel &level : noise_levels(model, test, {0.05, 0.1, 0.2, 0.3, 0.5})) {
        rows.push_back({fixed(level.deviation, 2), fixed(level.accuracy, 4),
                        fixed(level.sampled_accuracy, 4) + " ± " + fixed(level.accuracy_error, 4),
                        fixed(level.loss, 4),
                        fixed(level.sampled_loss, 4) + " ± " + fixed(level.loss_error, 4)});
    }
    report.heading("Noise on the input");
    report.paragraph("Accuracy and loss (nats) of 500 test images under Gaussian noise, from moments without "
                     "sampling, beside "
                     "100,000 samples with their standard errors.");
    report.table({"noise sd", "accuracy", "sampled", "loss", "sampled"}, rows);
}

// The mean squared error as loss: outputs are squashed between 0 and 1, and harder to predict.
void add_squared_error(Report &report, const Sets &sets) {
    Dataset data = sets.train;
    data.targets = make_tensor<float>({data.count(), 10});
    for (int sample = 0; sample < data.count(); sample++) {
        static_cast<float *>(
            data.targets.data())[10 * sample + data.labels[static_cast<std::size_t>(sample)]] = 1;
    }
    const std::vector<int> labels = std::move(data.labels);
    data.labels.clear();
    const std::vector<std::string> classes = std::move(data.classes);
    data.classes.clear();
    TrainingOptions options;
    options.epochs = 8;
    options.rate = 0.001;
    const Model model = trained(dense_network(784, {100, 100, 100}, 10, "relu", false), data, options);
    data.labels = labels;
    data.classes = classes;
    const Activations activations = all_activations(model, data);
    std::vector<std::vector<std::string>> rows;
    for (const WayIndex way : {input, third, layer1, layer2}) {
        const MomentError error = study_of(model, activations, data, ways[way]).layers.back().error;
        rows.push_back(
            {ways[way].name, fixed(error.mean, 3), fixed(error.deviation, 3), fixed(error.covariance, 3)});
    }
    report.heading("Trained with the mean squared error");
    report.table({"Gaussian at", "mean / sd", "sd", "covariance"}, rows);
}

void add_pictures(Report &report, const Study &from_input, const Study &from_layer1) {
    report.picture("input", "Moments of the log-posteriors of all classes, Gaussian at the input",
                   scatter_plots(from_input));
    report.picture("layer1", "The same, Gaussian at layer 1", scatter_plots(from_layer1));
    report.picture("depth", "Errors by depth, Gaussian at the input and at layer 1",
                   {depth_plot(from_input), depth_plot(from_layer1)});
}

void run(const Surroundings &surroundings, Report &report) {
    const std::string folder = surroundings.data + "/mnist";
    const Sets sets{as_numbers(load_dataset(folder, Split::train)),
                    as_numbers(load_dataset(folder, Split::test))};
    report.paragraph("Networks 784-100-100-100-10 with ReLU, 8 epochs. Moments of each class of the training "
                     "images are measured "
                     "at a layer and followed to the logits; errors are medians over classes and outputs, "
                     "from the lowest to "
                     "the highest of three networks.");
    std::vector<std::vector<MomentError>> runs;
    for (int seed = 0; seed < seeds; seed++) {
        surroundings.progress("network " + std::to_string(seed));
        const Model model = digit_network(sets.train, static_cast<std::uint64_t>(seed));
        const Activations activations = all_activations(model, sets.train);
        surroundings.progress("moments of network " + std::to_string(seed));
        runs.push_back(errors_of(model, activations, sets.train));
        if (seed + 1 < seeds) {
            continue;
        }
        add_error_criteria(report, runs);
        add_error_table(report, runs);
        report.paragraph("Test accuracy of the last of them: " +
                         fixed(accuracy_of(model, sets.test.inputs(), sets.test.labels), 4) + ".");
        add_pictures(report, study_of(model, activations, sets.train, ways[input]),
                     study_of(model, activations, sets.train, ways[layer1]));
        add_layer_maps(report, activations, sets.train);
        add_exact_kernel(report, activations, sets.train);
        surroundings.progress("Gaussian samples");
        add_injection(report, model, activations, sets.train);
        surroundings.progress("noise");
        add_noise(report, model, sets.test);
    }
    surroundings.progress("training on Gaussian samples");
    add_training_on_moments(report, sets);
    surroundings.progress("mean squared error");
    add_squared_error(report, sets);
}

}  // namespace

Experiment mnist_moments() {
    return {"mnist_moments", "Moments through networks for MNIST", run};
}

}  // namespace fsd::experiments
