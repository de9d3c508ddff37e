// Sums in float64, in the order of the samples.
#include "toolkit/evaluation/evaluation.h"

#include "runtime/error.h"
#include "runtime/system/floating_point.h"
#include "toolkit/system/progress.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fsd {
namespace {

constexpr int bins = 15;
constexpr int samples_at_a_time = 4096;  // between two looks at how far the work is; more than a batch

struct Bin {
    double probability = 0;
    int images = 0;
    int correct = 0;
};

int bin_of(double probability) {
    return std::clamp(static_cast<int>(std::ceil(probability * bins)) - 1, 0, bins - 1);
}

double calibration_error(const std::array<Bin, bins> &histogram, int images) {
    double error = 0;
    for (const Bin &bin : histogram) {
        error += std::fabs(bin.correct - bin.probability) / images;
    }
    return error;
}

void check_labels(const Shape &shape, const std::vector<int> &labels) {
    const auto fits = [&](int label) { return label >= 0 && label < shape[1]; };
    if (labels.empty() || labels.size() != static_cast<std::size_t>(shape[0]) ||
        !std::all_of(labels.begin(), labels.end(), fits)) {
        throw Error(ExitCode::bad_input,
                    text("Log-posteriors of shape ", to_string(shape), " cannot be compared with ",
                         labels.size(), " labels; expected one label per sample, 0 to ", shape[1] - 1, "."));
    }
}

}  // namespace

Evaluation evaluate(const Tensor &log_posterior, const std::vector<int> &labels) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const Shape shape = shape_of(log_posterior);
    check_labels(shape, labels);
    const int classes = shape[1];
    Evaluation result;
    result.images = shape[0];
    result.confusion.assign(classes, std::vector<int>(classes));
    std::array<Bin, bins> histogram;
    double nll = 0;
    int correct = 0;
    const auto *row = static_cast<const float *>(log_posterior.data());
    for (int sample = 0; sample < shape[0]; sample++, row += classes) {
        const auto best = static_cast<int>(std::max_element(row, row + classes) - row);
        const int label = labels[sample];
        const double probability = std::exp(static_cast<double>(row[best]));
        Bin &bin = histogram[bin_of(probability)];
        bin.images++;
        bin.probability += probability;
        bin.correct += best == label ? 1 : 0;
        correct += best == label ? 1 : 0;
        nll -= row[label];
        result.confusion[label][best]++;
    }
    result.accuracy = static_cast<double>(correct) / shape[0];
    result.nll = nll / shape[0];
    result.ece = calibration_error(histogram, shape[0]);
    return result;
}

Tensor log_posteriors(Network &network, const Tensor &inputs) {
    const int samples = shape_of(inputs).front(), sample_axis = inputs.dimensions() - 1;
    Tensor log_posterior = make_tensor<float>({samples, network.result_size()});
    Progress progress("evaluates images", static_cast<std::size_t>(samples));
    for (int first = 0; first < samples; first += samples_at_a_time) {
        const int count = std::min(samples_at_a_time, samples - first);
        Tensor some = inputs.cropped(sample_axis, first, count),
               result = log_posterior.cropped(1, first, count);
        some.translate(sample_axis, -first);
        result.translate(1, -first);
        network.run(some, result);
        progress.advance(static_cast<std::size_t>(count));
    }
    return log_posterior;
}

Evaluation evaluate(Network &network, const Dataset &dataset) {
    need_classes(dataset);
    if (dataset.classes != network.model().classes) {
        throw Error(ExitCode::bad_input,
                    text("The classes of ", dataset.source, " (", dataset.classes.size(), ", '",
                         dataset.classes.front(), "' first) are not those of the network (",
                         network.model().classes.size(), ", '", network.model().classes.front(),
                         "' first)."));
    }
    return evaluate(log_posteriors(network, dataset.inputs()), dataset.labels);
}

}  // namespace fsd
