// Values by Eigen, moments of the first two orders by the kernel node_moments.
#include "toolkit/analysis/aggregation/node_statistics.h"

#include "runtime/call.h"
#include "runtime/error.h"
#include "toolkit/analysis/aggregation/class_covariance.h"

#include <algorithm>

namespace fsd::analysis {
namespace {

// The covariances of the features are needed, and small enough.
void set_from_covariances(const PooledSet &set, const LinearNodes &nodes, int classes,
                          NodeStatistics &moments) {
    const ClassCovariances of_features = class_covariances(set, classes);
    const Vector bias = nodes.bias.transpose();
    Call call(need_kernel("node_moments", {"tuned", "cpu"}));
    call.set("class_mean", view(of_features.mean))
        .set("class_covariance", of_features.covariance)
        .set("node_weight", view(nodes.weight))
        .set("node_bias", view(bias))
        .set("node_mean", view(moments.mean))
        .set("node_variance", view(moments.variance))
        .set("node_variance_independent", view(moments.variance_independent));
    call();
}

// Sums over the samples of each class of a matrix [sample, column], divided by their number.
Matrix class_means(const Matrix &rows, const std::vector<int> &labels, const std::vector<int> &count) {
    Matrix means = Matrix::Zero(static_cast<Eigen::Index>(count.size()), rows.cols());
    for (Eigen::Index sample = 0; sample < rows.rows(); sample++) {
        means.row(labels[sample]) += rows.row(sample);
    }
    for (std::size_t label = 0; label < count.size(); label++) {
        means.row(static_cast<Eigen::Index>(label)) /= std::max(count[label], 1);
    }
    return means;
}

// Deviations of the rows from their class's mean.
Matrix centered(const Matrix &rows, const std::vector<int> &labels, const Matrix &means) {
    Matrix result = rows;
    for (Eigen::Index sample = 0; sample < rows.rows(); sample++) {
        result.row(sample) -= means.row(labels[sample]);
    }
    return result;
}

void set_from_values(const PooledSet &set, const LinearNodes &nodes, const Matrix &values,
                     NodeStatistics &moments) {
    moments.mean = class_means(values, set.labels, moments.count);
    moments.variance =
        class_means(centered(values, set.labels, moments.mean).cwiseAbs2(), set.labels, moments.count);
    const Eigen::Map<const Eigen::Matrix<float, -1, -1, Eigen::RowMajor>> features(set.row(0), set.samples(),
                                                                                   set.width());
    const Matrix wide = features.cast<double>();
    const Matrix means = class_means(wide, set.labels, moments.count);
    const Matrix variances =
        class_means(centered(wide, set.labels, means).cwiseAbs2(), set.labels, moments.count);
    moments.variance_independent = variances * nodes.weight.cwiseAbs2();
}

// What rounding leaves of a constant is no variance.
void drop_rounding(Matrix &variance, const Matrix &mean) {
    variance = (variance.array() > 1e-12 * mean.array().square()).select(variance, 0.);
}

}  // namespace

Matrix node_values(const PooledSet &set, const LinearNodes &nodes) {
    if (nodes.weight.rows() != set.width() || nodes.weight.cols() != nodes.bias.size()) {
        throw Error(ExitCode::bad_input,
                    text("The nodes' weights are [", nodes.weight.rows(), ", ", nodes.weight.cols(),
                         "] with ", nodes.bias.size(), " biases; the features of ", set.source,
                         " need weights [", set.width(), ", node] and a bias for each node."));
    }
    Matrix values(set.samples(), nodes.weight.cols());
    for (int sample = 0; sample < set.samples(); sample++) {
        const Eigen::Map<const Eigen::RowVectorXf> row(set.row(sample), set.width());
        values.row(sample) = row.cast<double>() * nodes.weight + nodes.bias;
    }
    return values;
}

NodeStatistics node_moments(const PooledSet &set, const LinearNodes &nodes, const Matrix &values,
                            int classes) {
    NodeStatistics moments;
    moments.count.resize(classes);
    for (const int label : set.labels) {
        moments.count[label]++;
    }
    moments.mean = moments.variance = moments.variance_independent = Matrix::Zero(classes, values.cols());
    if (set.width() <= most_covariances) {
        set_from_covariances(set, nodes, classes, moments);
    } else {
        set_from_values(set, nodes, values, moments);
    }
    drop_rounding(moments.variance, moments.mean);
    const Matrix deviations = centered(values, set.labels, class_means(values, set.labels, moments.count));
    const Matrix third = class_means(deviations.array().cube().matrix(), set.labels, moments.count);
    moments.skewness =
        (moments.variance.array() > 0).select(third.array() / moments.variance.array().pow(1.5), 0.);
    return moments;
}

}  // namespace fsd::analysis
