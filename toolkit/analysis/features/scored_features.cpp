// Features are whitened once; a permutation then costs class means alone.
#include "toolkit/analysis/features/scored_features.h"

#include "toolkit/analysis/class_means.h"

#include <algorithm>

namespace fsd::analysis {
namespace {

using Floats = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr int samples_per_unit = 10;

// float32 [sample, rank].
Tensor whitened(const Tensor &features, const FeatureMoments &moments, const Whitening &whitening) {
    const int samples = shape_of(features).front();
    Tensor white = make_tensor<float>({samples, whitening.rank()});
    const Floats root = whitening.root.cast<float>();
    const Eigen::RowVectorXf mean = moments.mean.cast<float>();
    const Eigen::Map<const Floats> rows(static_cast<const float *>(features.data()), samples,
                                        moments.units());
    Eigen::Map<Floats>(static_cast<float *>(white.data()), samples, whitening.rank()).noalias() =
        (rows.rowwise() - mean) * root;
    return white;
}

Tensor rows_at(const Tensor &features, const std::vector<int> &samples) {
    const int width = shape_of(features)[1];
    Tensor chosen = make_tensor<float>({static_cast<int>(samples.size()), width});
    auto *next = static_cast<float *>(chosen.data());
    for (const int sample : samples) {
        next = std::copy_n(static_cast<const float *>(features.data()) + std::ptrdiff_t(sample) * width,
                           width, next);
    }
    return chosen;
}

double score_of(const Tensor &features, const std::vector<int> &labels, int classes) {
    return h_score(feature_moments(features, labels, classes));
}

// With covariance 1, H is half the weighted square of the class means.
double white_score(const Tensor &white, const std::vector<int> &labels, int classes) {
    const MeansByClass means = class_means(white, labels, classes);
    return (means.share(labels.size()).transpose() * means.mean.cwiseAbs2()).sum() / 2;
}

void add_flags(const FeatureMoments &moments, ScoredFeatures &found) {
    const auto varying = static_cast<int>((moments.covariance.diagonal().array() > 0).count());
    const auto add = [&](bool holds, const char *flag) {
        if (holds) {
            found.flags.emplace_back(flag);
        }
    };
    add(varying < found.units, "constant_units");
    add(found.rank < varying, "dependent_units");
    add(moments.samples < samples_per_unit * found.rank, "few_samples");
    add((moments.class_probability.array() > 0).count() == 1, "single_class");
}

}  // namespace

ScoredFeatures scored_features(const Tensor &features, const std::vector<int> &labels, int classes,
                               const ResamplingOptions &options) {
    const FeatureMoments moments = feature_moments(features, labels, classes);
    const Whitening whitening = whitening_of(moments.covariance);
    const auto seen = static_cast<int>((moments.class_probability.array() > 0).count());
    ScoredFeatures found;
    found.units = moments.units();
    found.rank = whitening.rank();
    found.h_score = h_score(moments, whitening);
    found.bound = std::min(found.rank, seen - 1) / 2.;
    add_flags(moments, found);
    if (found.rank == 0) {
        return found;
    }
    const Tensor white = whitened(features, moments, whitening);
    Resampler resampler(options.seed);
    std::vector<double> null, again;
    for (int i = 0; i < options.permutations; i++) {
        null.push_back(white_score(white, resampler.permuted(labels), classes));
    }
    for (int i = 0; i < options.bootstraps && found.rank <= most_resampled_units; i++) {
        const std::vector<int> samples = resampler.drawn(moments.samples);
        std::vector<int> own;
        for (const int sample : samples) {
            own.push_back(labels[sample]);
        }
        again.push_back(score_of(rows_at(white, samples), own, classes));
    }
    found.null = band_of(std::move(null));
    found.interval = band_of(std::move(again));
    return found;
}

}  // namespace fsd::analysis
