// Class by class, so that the moments of one class are in memory at a time.
#include "toolkit/analysis/moments/study.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/activations.h"
#include "toolkit/analysis/moments/normalization.h"
#include "toolkit/analysis/moments/samples.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

constexpr Eigen::Index most_points = 4000;  // of a scatter plot, per class

void add(Scatter &scatter, double measured, double predicted) {
    scatter.measured.push_back(measured);
    scatter.predicted.push_back(predicted);
}

// The mean entropy of a group in measured posteriors or their logarithms, nats.
double measured_entropy(const Tensor &posterior, bool logarithms, double states) {
    const auto *values = static_cast<const float *>(posterior.data());
    double sum = 0;
    for (std::size_t i = 0; i < posterior.number_of_elements(); i++) {
        const double value = values[i], p = logarithms ? std::exp(value) : value;
        sum -= p > 0 ? p * (logarithms ? value : std::log(p)) : 0;
    }
    return sum * states / static_cast<double>(posterior.number_of_elements());
}

double predicted_entropy(const Moments &log_odds, int states) {
    const Eigen::Index groups = log_odds.units() / states;
    double sum = 0;
    for (Eigen::Index group = 0; group < groups; group++) {
        const Eigen::Index first = group * states;
        sum += mean_posterior_entropy(
            {log_odds.mean.segment(first, states), log_odds.covariance.block(first, first, states, states)});
    }
    return sum / static_cast<double>(groups);
}

class Studying {
public:
    Studying(const Model &model, const std::map<std::size_t, Tensor> &activations,
             const std::vector<int> &labels, const StudyOptions &options)
        : model_(model),
          activations_(activations),
          labels_(labels),
          options_(options),
          propagation_(model, options.from, options.propagation) {
        study_.from = options.from;
        study_.end = model.layers.size();
        study_.notes = propagation_.neglects();
        const std::vector<Shape> shapes = activation_shapes(model);
        for (std::size_t layer = options.from; layer < study_.end; layer++) {
            LayerStudy one;
            one.layer = layer;
            one.op = model.layers[layer].op;
            one.units = static_cast<int>(element_count(shapes[layer + 1]));
            study_.layers.push_back(one);
            states_.push_back(shapes[layer + 1][3]);
        }
    }

    void add_class(int label, const std::string &name) {
        ClassStudy one{
            name, static_cast<int>(std::count(labels_.begin(), labels_.end(), label)), false, false, {}};
        one.left_out = one.samples < 2;
        if (!one.left_out) {
            const Tensor start = samples_of_class(activations_.at(options_.from), labels_, label);
            const Moments moments = sample_moments(start);
            one.rank_deficient = one.samples <= moments.units();
            follow(one, label, moments);
        }
        study_.classes.push_back(one);
    }

    Study finish() {
        std::vector<std::vector<MomentError>> errors(study_.layers.size());
        int deficient = 0;
        for (const ClassStudy &one : study_.classes) {
            for (std::size_t i = 0; i < one.errors.size(); i++) {
                errors[i].push_back(one.errors[i]);
            }
            deficient += one.rank_deficient ? 1 : 0;
            if (one.left_out) {
                study_.notes.push_back(text("Class '", one.name, "' has ", one.samples,
                                            " samples: no covariance, so that it was left out."));
            }
        }
        if (errors.empty() || errors[0].empty()) {
            throw Error(ExitCode::bad_input, "No class has two samples or more, which a covariance needs.");
        }
        for (std::size_t i = 0; i < errors.size(); i++) {
            study_.layers[i].error = median(errors[i]);
            if (study_.layers[i].entropy) {
                study_.layers[i].entropy->measured /= static_cast<double>(errors[i].size());
                study_.layers[i].entropy->predicted /= static_cast<double>(errors[i].size());
            }
        }
        if (deficient > 0) {
            study_.notes.push_back(text(deficient, " of ", study_.classes.size(),
                                        " classes have no more samples than units in front of layer ",
                                        study_.from,
                                        ": their covariances have no inverse, which nothing here needs."));
        }
        return study_;
    }

private:
    // Third cumulants of what the first nonlinearity reads, where it takes them.
    std::map<std::size_t, Matrix> third_of(int label) const {
        const std::size_t layer = propagation_.first_nonlinearity();
        if (options_.order < 3) {
            return {};
        }
        if (layer == study_.end || !propagation_.takes_third(layer)) {
            throw Error(ExitCode::unsupported,
                        text("--order 3 corrects relu and quadratic where they are the first nonlinearity; "
                             "behind layer ",
                             options_.from, " that is ",
                             layer == study_.end ? "none" : describe_layer(model_.layers[layer], layer),
                             "."));
        }
        return {{layer, third_cumulants(samples_of_class(activations_.at(layer), labels_, label))}};
    }

    void follow(ClassStudy &one, int label, const Moments &moments) {
        const std::vector<PassedLayer> passed = propagation_.run(moments, third_of(label));
        for (std::size_t i = 0; i < passed.size(); i++) {
            const Tensor samples = samples_of_class(activations_.at(passed[i].layer + 1), labels_, label);
            const Moments measured = sample_moments(samples);
            one.errors.push_back(compare(measured, passed[i].moments));
            LayerStudy &layer = study_.layers[i];
            layer.deterministic = std::max(layer.deterministic, passed[i].deterministic);
            layer.dead = std::max(layer.dead, passed[i].dead);
            layer.clipped = std::max(layer.clipped, passed[i].clipped);
            add_entropy(layer, samples, i == 0 ? moments : passed[i - 1].moments, states_[i]);
            if (i + 1 == passed.size()) {
                add_points(measured, passed[i].moments);
            }
        }
    }

    void add_entropy(LayerStudy &layer, const Tensor &samples, const Moments &log_odds, int states) {
        if (!layer_kind(layer.op).gives_posterior) {
            return;
        }
        LayerStudy::Entropies sum = layer.entropy.value_or(LayerStudy::Entropies());
        const bool logarithms = kind_behind(model_, layer.layer) == ActivationKind::log_probability;
        sum.measured += measured_entropy(samples, logarithms, states);
        sum.predicted += predicted_entropy(log_odds, states);
        layer.entropy = sum;
    }

    void add_points(const Moments &measured, const Moments &predicted) {
        const Vector truth = measured.deviations(), found = predicted.deviations();
        const Eigen::Index units = truth.size(),
                           step = std::max<Eigen::Index>(1, units * units / most_points);
        for (Eigen::Index unit = 0; unit < std::min(units, most_points); unit++) {
            add(study_.means, measured.mean[unit], predicted.mean[unit]);
            add(study_.deviations, truth[unit], found[unit]);
        }
        for (Eigen::Index place = 0; place < units * units; place += step) {
            if (place / units < place % units) {
                add(study_.covariances, measured.covariance.data()[place],
                    predicted.covariance.data()[place]);
            }
        }
    }

    const Model &model_;
    const std::map<std::size_t, Tensor> &activations_;
    const std::vector<int> &labels_;
    const StudyOptions &options_;
    Propagation propagation_;
    std::vector<int> states_;  // by layer - from
    Study study_;
};

}  // namespace

Study study_moments(const Model &model, const std::map<std::size_t, Tensor> &activations,
                    const std::vector<int> &labels, const std::vector<std::string> &names,
                    const StudyOptions &options) {
    Studying studying(model, activations, labels, options);
    for (std::size_t label = 0; label < names.size(); label++) {
        studying.add_class(static_cast<int>(label), names[label]);
    }
    return studying.finish();
}

}  // namespace fsd::analysis
