// Everything follows from the moments.
#include "toolkit/analysis/features/projection.h"

#include "runtime/error.h"

#include <cmath>

namespace fsd::analysis {
namespace {

Matrix centered(const Matrix &of_class, const Vector &probability) {
    return of_class.rowwise() - probability.transpose() * of_class;
}

// p-weighted covariance over the classes.
Matrix class_covariance(const Matrix &centered_rows, const Vector &probability) {
    return centered_rows.transpose() * probability.asDiagonal() * centered_rows;
}

}  // namespace

ProjectionMatch match_of(const Matrix &weights, const Matrix &matched, const FeatureMoments &moments) {
    const Vector &p = moments.class_probability;
    const auto product = [&](const Matrix &a, const Matrix &b) {
        return (p.transpose() * (a * moments.covariance).cwiseProduct(b)).sum();
    };
    const Matrix v = centered(weights, p), g = centered(matched, p), difference = v - g;
    const double v_length = std::sqrt(std::max(0., product(v, v))),
                 g_length = std::sqrt(std::max(0., product(g, g)));
    ProjectionMatch match;
    if (v_length > 0 && g_length > 0) {
        match.cosine = product(v, g) / (v_length * g_length);
    }
    if (g_length > 0) {
        match.relative_error = std::sqrt(std::max(0., product(difference, difference))) / g_length;
    }
    return match;
}

double matched_accuracy(const Tensor &features, const std::vector<int> &labels, const FeatureMoments &moments,
                        const Matrix &class_features) {
    const int units = moments.units();
    const Matrix g = class_features.transpose();
    const auto *next = static_cast<const float *>(features.data());
    int right = 0;
    for (const int label : labels) {
        const Eigen::RowVectorXd f = Eigen::Map<const Eigen::RowVectorXf>(next, units).cast<double>();
        const Vector score = moments.class_probability.array() *
                             (1 + ((f - moments.mean.transpose()) * g).transpose().array());
        Eigen::Index found = 0;
        score.maxCoeff(&found);
        right += found == label ? 1 : 0;
        next += units;
    }
    return labels.empty() ? 0 : static_cast<double>(right) / static_cast<double>(labels.size());
}

Matrix matched_hidden_weights(const FeatureMoments &inputs, const Matrix &output_weights,
                              const Vector &slopes) {
    if ((slopes.array() == 0).any()) {
        throw Error(ExitCode::bad_input,
                    "A hidden unit's activation has slope 0 where its bias puts it; the matched "
                    "weights divide by the slopes.");
    }
    const Vector &p = inputs.class_probability;
    const Matrix v = centered(output_weights, p);
    const Matrix v_root = whitening_of(class_covariance(v, p)).root,
                 t_root = whitening_of(inputs.covariance).root;
    const Matrix joint = v.transpose() * p.asDiagonal() * inputs.centered_class_mean();  // E[v(Y) t^T]
    return slopes.cwiseInverse().asDiagonal() *
           (v_root * v_root.transpose() * joint * t_root * t_root.transpose());
}

std::optional<double> cosine_of(const Matrix &a, const Matrix &b) {
    const double lengths = a.norm() * b.norm();
    return lengths > 0 ? std::optional<double>(a.cwiseProduct(b).sum() / lengths) : std::nullopt;
}

}  // namespace fsd::analysis
