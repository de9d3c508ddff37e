// Moments by kernels, the rest by Eigen.
#include "toolkit/analysis/features/feature_moments.h"

#include "runtime/error.h"
#include "toolkit/analysis/class_means.h"
#include "toolkit/analysis/moments/samples.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <optional>

namespace fsd::analysis {
namespace {

constexpr double least_variance_share = 1e-10;
constexpr double safe_condition = 1e-6;  // reciprocal, an estimate

void check_labels(const Tensor &features, const std::vector<int> &labels, int classes) {
    const int samples = shape_of(features).front();
    if (labels.size() != static_cast<std::size_t>(samples)) {
        throw Error(ExitCode::bad_input, text("There are ", samples, " samples of features and ",
                                              labels.size(), " labels; expected one for each."));
    }
    const auto wrong =
        std::find_if(labels.begin(), labels.end(), [&](int label) { return label < 0 || label >= classes; });
    if (wrong != labels.end()) {
        throw Error(ExitCode::bad_input, text("The label of sample ", wrong - labels.begin(), " is ", *wrong,
                                              "; expected a class from 0 to ", classes - 1, "."));
    }
}

// Cholesky's factor, which serves where nothing is near the limit of a whitening, at a tenth of the time.
std::optional<Eigen::LLT<Eigen::MatrixXd>> safe_factor(const Matrix &covariance) {
    const Eigen::LLT<Eigen::MatrixXd> factor(covariance);
    const bool safe =
        covariance.size() > 0 && factor.info() == Eigen::Success && factor.rcond() > safe_condition;
    return safe ? std::optional(factor) : std::nullopt;
}

// [class, ...] weighted by the classes' probabilities, without the mean over the classes.
Matrix centered(const Matrix &of_class, const Vector &probability) {
    return of_class.rowwise() - probability.transpose() * of_class;
}

}  // namespace

Matrix FeatureMoments::centered_class_mean() const {
    const Matrix difference = class_mean.rowwise() - mean.transpose();
    return (class_probability.array() > 0).cast<double>().matrix().asDiagonal() * difference;
}

FeatureMoments feature_moments(const Tensor &features, const std::vector<int> &labels, int classes) {
    check_labels(features, labels, classes);
    Moments moments = sample_moments(features);
    MeansByClass means = class_means(features, labels, classes);
    return {shape_of(features).front(), std::move(moments.mean), std::move(moments.covariance),
            means.share(labels.size()), std::move(means.mean)};
}

FeatureMoments feature_moments_of_table(const Matrix &features, const Matrix &probability) {
    const Vector weight = probability.rowwise().sum();
    FeatureMoments found;
    found.mean = features.transpose() * weight;
    const Matrix deviation = features.rowwise() - found.mean.transpose();
    found.covariance = deviation.transpose() * weight.asDiagonal() * deviation;
    found.class_probability = probability.colwise().sum().transpose();
    const Vector divisor =
        (found.class_probability.array() > 0).select(found.class_probability.array(), 1).matrix();
    found.class_mean = divisor.cwiseInverse().asDiagonal() * (probability.transpose() * features);
    return found;
}

Whitening whitening_of(const Matrix &covariance) {
    if (const auto factor = safe_factor(covariance)) {
        const Eigen::Index units = covariance.rows();
        return {factor->matrixU().solve(Eigen::MatrixXd::Identity(units, units))};
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> found(covariance);
    const Vector &variance = found.eigenvalues();  // ascending
    const double largest = variance.size() > 0 ? variance[variance.size() - 1] : 0;
    const Eigen::Index rank = largest > 0 ? (variance.array() >= least_variance_share * largest).count() : 0;
    return {found.eigenvectors().rightCols(rank) *
            variance.tail(rank).cwiseSqrt().cwiseInverse().asDiagonal()};
}

double h_score(const FeatureMoments &moments, const Whitening &whitening) {
    const Matrix white = moments.centered_class_mean() * whitening.root;
    return (moments.class_probability.transpose() * white.cwiseAbs2()).sum() / 2;
}

double h_score(const FeatureMoments &moments) {
    if (const auto factor = safe_factor(moments.covariance)) {
        const Eigen::MatrixXd white = factor->matrixL().solve(moments.centered_class_mean().transpose());
        return white.colwise().squaredNorm().dot(moments.class_probability) / 2;
    }
    return h_score(moments, whitening_of(moments.covariance));
}

double two_sided_h_score(const FeatureMoments &moments, const Matrix &class_features) {
    const Matrix g = centered(class_features, moments.class_probability);
    const double alignment =
        (moments.class_probability.transpose() * moments.centered_class_mean().cwiseProduct(g)).sum();
    const double size =
        (moments.class_probability.transpose() * (g * moments.covariance).cwiseProduct(g)).sum();
    return alignment - size / 2;
}

Matrix matched_projection(const FeatureMoments &moments, const Whitening &whitening) {
    return moments.centered_class_mean() * whitening.root * whitening.root.transpose();
}

}  // namespace fsd::analysis
