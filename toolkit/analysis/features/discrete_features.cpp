// Everything follows from the table of counts.
#include "toolkit/analysis/features/discrete_features.h"

#include "toolkit/analysis/class_means.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fsd::analysis {
namespace {

constexpr double tie = 1e-9;
constexpr int samples_per_value = 10;

std::vector<double> numbers(const Vector &vector) {
    return {vector.begin(), vector.end()};
}

bool has_ties(const Vector &correlations) {
    for (Eigen::Index i = 0; i + 1 < correlations.size() && correlations[i + 1] > tie; i++) {
        if (correlations[i] - correlations[i + 1] < tie) {
            return true;
        }
    }
    return false;
}

void add_flags(const Joint &joint, DiscreteFeatures &found) {
    const auto add = [&](bool holds, const char *flag) {
        if (holds) {
            found.flags.emplace_back(flag);
        }
    };
    add(joint.dropped_rows > 0, "unseen_values");
    add(joint.dropped_columns > 0, "unseen_classes");
    add(found.classes == 1, "single_class");
    add(found.correlations.size() > 0 && found.correlations[0] > 1 - tie, "deterministic");
    add(has_ties(found.correlations), "tied");
}

void add_alternation(const Joint &joint, const DiscreteOptions &options, DiscreteFeatures &found) {
    AlternationOptions wanted;
    wanted.features = options.features;
    wanted.seed = options.resampling.seed;
    found.alternation = alternate(joint, wanted);
    if (found.alternation->features < options.features) {
        found.flags.emplace_back("fewer_features");
    }
    if (!found.alternation->converged) {
        found.flags.emplace_back("not_converged");
    }
}

std::vector<int> all_samples(std::size_t count) {
    std::vector<int> indices(count);
    std::iota(indices.begin(), indices.end(), 0);
    return indices;
}

// The first number is the information, the others are sigma.
std::vector<double> drawn(const Matrix &counts) {
    const Joint joint = joint_of_counts(counts, "The table of counts");
    std::vector<double> all = numbers(correlations_of(joint));
    all.insert(all.begin(), mutual_information(joint));
    return all;
}

void take_bands(std::vector<Band> bands, std::optional<Band> &information, std::vector<Band> &correlations) {
    if (!bands.empty()) {
        information = bands.front();
        correlations.assign(bands.begin() + 1, bands.end());
    }
}

}  // namespace

DiscreteFeatures discrete_features(const Joint &joint, const DiscreteOptions &options) {
    DiscreteFeatures found;
    found.values = static_cast<int>(joint.rows.size());
    found.classes = static_cast<int>(joint.columns.size());
    found.correlations = correlations_of(joint);
    found.information = mutual_information(joint);
    found.local_information = largest_h_score(found.correlations, found.values);
    found.class_entropy = std::fabs((joint.columns.array() * joint.columns.array().log()).sum());
    add_flags(joint, found);
    if (options.features > 0) {
        add_alternation(joint, options, found);
    }
    return found;
}

DiscreteFeatures discrete_features(const CountTable &counts, const std::vector<int> &labels,
                                   const DiscreteOptions &options) {
    const std::vector<int> all = all_samples(labels.size());
    DiscreteFeatures found =
        discrete_features(joint_of_counts(counts(all, labels), "The table of counts"), options);
    const ResamplingOptions &resampling = options.resampling;
    Resampler resampler(resampling.seed);
    take_bands(
        bands_of(resampling.permutations, [&] { return drawn(counts(all, resampler.permuted(labels))); }),
        found.information_null, found.null);
    take_bands(bands_of(resampling.bootstraps,
                        [&] {
                            const std::vector<int> samples = resampler.drawn(static_cast<int>(labels.size()));
                            std::vector<int> own;
                            for (const int sample : samples) {
                                own.push_back(labels[sample]);
                            }
                            return drawn(counts(samples, own));
                        }),
               found.information_interval, found.interval);
    if (labels.size() < static_cast<std::size_t>(samples_per_value * found.values)) {
        found.flags.emplace_back("few_samples");
    }
    return found;
}

CountTable counts_of_codes(const std::vector<int> &codes, int code_count, int classes) {
    return [&codes, code_count, classes](const std::vector<int> &samples, const std::vector<int> &labels) {
        std::vector<int> own;
        own.reserve(samples.size());
        for (const int sample : samples) {
            own.push_back(codes[sample]);
        }
        return joint_counts(own, code_count, labels, classes);
    };
}

CountTable counts_of_posterior(const Tensor &posterior, int classes) {
    return [&posterior, classes](const std::vector<int> &samples, const std::vector<int> &labels) -> Matrix {
        const int states = shape_of(posterior)[1];
        Tensor own = make_tensor<float>({static_cast<int>(samples.size()), states});
        auto *next = static_cast<float *>(own.data());
        for (const int sample : samples) {
            next = std::copy_n(static_cast<const float *>(posterior.data()) + std::ptrdiff_t(sample) * states,
                               states, next);
        }
        const MeansByClass means = class_means(own, labels, classes);
        return (means.count.asDiagonal() * means.mean).transpose();
    };
}

}  // namespace fsd::analysis
