// Since log posterior = log prior + n evidence - a number per sample, the evidence (up to a number per
// sample, which is immaterial) follows from the log-posterior, and the negative log-likelihood is convex in
// n.
#include "toolkit/evaluation/calibration.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "toolkit/evaluation/information.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

const Layer &last_parametrized(const Model &model) {
    for (auto layer = model.layers.rbegin(); layer != model.layers.rend(); ++layer) {
        if (!layer->name.empty()) {
            return *layer;
        }
    }
    throw Error(ExitCode::bad_input, "The model has no layer with parameters, so nothing can be calibrated.");
}

const float *floats(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

// What the last layer knew of some images.
struct Evidence {
    std::vector<double> log_prior;             // [class]
    std::vector<std::vector<double>> samples;  // [sample][class], up to a constant per sample
    std::vector<int> labels;
};

Evidence evidence_of(const Model &model, const Tensor &log_posterior, const std::vector<int> &labels) {
    const float *log_prior = floats(model.tensor(last_parametrized(model).name + ".log_prior"));
    const int classes = shape_of(log_posterior)[1];
    Evidence evidence{{log_prior, log_prior + classes}, {}, labels};
    const float *row = floats(log_posterior);
    for (std::size_t sample = 0; sample < labels.size(); sample++, row += classes) {
        std::vector<double> values(classes);
        for (int c = 0; c < classes; c++) {
            values[c] = (double(row[c]) - evidence.log_prior[c]) / last_observations(model);
        }
        if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); })) {
            throw Error(ExitCode::bad_input, text("The log-posterior of held-out image ", sample,
                                                  " is not finite; the model cannot be calibrated."));
        }
        evidence.samples.push_back(std::move(values));
    }
    return evidence;
}

// Every second sample from `first` on.
Evidence half_of(const Evidence &whole, std::size_t first) {
    Evidence half{whole.log_prior, {}, {}};
    for (std::size_t sample = first; sample < whole.samples.size(); sample += 2) {
        half.samples.push_back(whole.samples[sample]);
        half.labels.push_back(whole.labels[sample]);
    }
    return half;
}

// The log-posterior of one sample with n observations.
std::vector<double> log_posterior_of(const Evidence &evidence, std::size_t sample, double n) {
    std::vector<double> logits = evidence.log_prior;
    for (std::size_t c = 0; c < logits.size(); c++) {
        logits[c] += n * evidence.samples[sample][c];
    }
    const double normalizer = log_sum_exp(logits.data(), logits.size());
    for (double &logit : logits) {
        logit -= normalizer;
    }
    return logits;
}

// d NLL / d n = sum over samples of (mean evidence under the posterior - evidence of the label).
double slope(const Evidence &evidence, double n) {
    double total = 0;
    for (std::size_t sample = 0; sample < evidence.samples.size(); sample++) {
        const std::vector<double> log_posterior = log_posterior_of(evidence, sample, n);
        const std::vector<double> &values = evidence.samples[sample];
        for (std::size_t c = 0; c < values.size(); c++) {
            total += std::exp(log_posterior[c]) * values[c];
        }
        total -= values[evidence.labels[sample]];
    }
    return total;
}

// The n where the slope changes its sign, by bisection between trained / 64 and 64 trained. Where it does not
// change there (few images, all of them recognized: the surer the better), `trained` is kept.
double best_observations(const Evidence &evidence, double trained) {
    double low = std::log(trained / 64), high = std::log(trained * 64);
    if (slope(evidence, std::exp(low)) >= 0 || slope(evidence, std::exp(high)) <= 0) {
        return trained;
    }
    for (int step = 0; step < 40; step++) {  // to 2^-40 of log 4096: beyond float32
        const double middle = (low + high) / 2;
        (slope(evidence, std::exp(middle)) < 0 ? low : high) = middle;
    }
    return std::exp((low + high) / 2);
}

// Each half judged with the n fitted to the other one.
Evaluation cross_validated(const Evidence &evidence, double trained) {
    const double n[2] = {best_observations(half_of(evidence, 1), trained),
                         best_observations(half_of(evidence, 0), trained)};
    const auto classes = static_cast<int>(evidence.log_prior.size());
    Tensor log_posterior = make_tensor<float>({static_cast<int>(evidence.samples.size()), classes});
    auto *row = static_cast<float *>(log_posterior.data());
    for (std::size_t sample = 0; sample < evidence.samples.size(); sample++) {
        const std::vector<double> values = log_posterior_of(evidence, sample, n[sample % 2]);
        row = std::transform(values.begin(), values.end(), row,
                             [](double value) { return static_cast<float>(value); });
    }
    return evaluate(log_posterior, evidence.labels);
}

}  // namespace

bool can_be_calibrated(const Model &description) {
    const std::size_t layers = description.layers.size();
    return layers >= 2 && layer_kind(description.layers[layers - 2].op).gives_evidence_of_distributions &&
           layer_kind(description.layers[layers - 1].op).ignores_constants;
}

double last_observations(const Model &model) {
    return *floats(model.tensor(last_parametrized(model).name + ".observations"));
}

Calibration calibrate(const Model &model, const Tensor &log_posterior, const std::vector<int> &labels) {
    if (labels.size() < 2) {
        throw Error(ExitCode::bad_input,
                    text("Calibration needs at least two held-out images; found ", labels.size(), "."));
    }
    Calibration calibration;
    calibration.before = evaluate(log_posterior, labels);
    calibration.trained = last_observations(model);
    const Evidence evidence = evidence_of(model, log_posterior, labels);
    calibration.calibrated = best_observations(evidence, calibration.trained);
    calibration.after = cross_validated(evidence, calibration.trained);
    return calibration;
}

Model with_last_observations(const Model &model, double observations) {
    Model out = model;
    out.novelty.reset();  // it was fitted with the other n
    Tensor tensor = make_tensor<float>({1});
    *static_cast<float *>(tensor.data()) = static_cast<float>(observations);
    out.tensors[last_parametrized(model).name + ".observations"] = tensor;
    return out;
}

}  // namespace fsd
