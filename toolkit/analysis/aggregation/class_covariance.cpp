// Class by class: the means first, then products of centered blocks of samples.
#include "toolkit/analysis/aggregation/class_covariance.h"

#include <algorithm>

namespace fsd::analysis {
namespace {

constexpr Eigen::Index block_of_samples = 256;

using Square = Eigen::Map<Matrix>;

std::vector<int> samples_of_class(const PooledSet &set, int label) {
    std::vector<int> samples;
    for (int sample = 0; sample < set.samples(); sample++) {
        if (set.labels[sample] == label) {
            samples.push_back(sample);
        }
    }
    return samples;
}

Eigen::RowVectorXd row(const PooledSet &set, int sample) {
    return Eigen::Map<const Eigen::RowVectorXf>(set.row(sample), set.width()).cast<double>();
}

void add_class(const PooledSet &set, const std::vector<int> &samples, Eigen::Ref<Eigen::RowVectorXd> mean,
               Square covariance) {
    for (const int sample : samples) {
        mean += row(set, sample);
    }
    mean /= static_cast<double>(samples.size());
    for (std::size_t first = 0; first < samples.size(); first += block_of_samples) {
        const std::size_t end = std::min(samples.size(), first + block_of_samples);
        Matrix block(static_cast<Eigen::Index>(end - first), set.width());
        for (std::size_t i = first; i < end; i++) {
            block.row(static_cast<Eigen::Index>(i - first)) = row(set, samples[i]) - mean;
        }
        covariance.noalias() += block.transpose() * block;
    }
    covariance /= static_cast<double>(samples.size());
}

}  // namespace

ClassCovariances class_covariances(const PooledSet &set, int classes) {
    const int width = set.width();
    ClassCovariances result{Matrix::Zero(classes, width), make_tensor<double>({classes, width, width})};
    for (int label = 0; label < classes; label++) {
        const std::vector<int> samples = samples_of_class(set, label);
        if (!samples.empty()) {
            Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(width);
            double *place = static_cast<double *>(result.covariance.data()) +
                            static_cast<std::size_t>(label) * width * width;
            add_class(set, samples, mean, Square(place, width, width));
            result.mean.row(label) = mean;
        }
    }
    return result;
}

}  // namespace fsd::analysis
