// Rules of points over the log-odds of each group.
#include "toolkit/analysis/moments/normalization.h"

#include "toolkit/analysis/moments/maximum.h"
#include "toolkit/analysis/moments/quadrature.h"

#include <Eigen/Eigenvalues>

#include <cmath>
#include <map>
#include <numeric>

namespace fsd::analysis {
namespace {

// Points of the centered numbers z - mean(z) of a group, which is all that a posterior depends on.
class GroupPoints {
public:
    // Calls visit(weight, z) for each point of the Gaussian.
    template<typename Visit>
    void for_each(const Vector &mean, const Matrix &covariance, const Visit &visit) {
        const Eigen::Index states = mean.size();
        const Vector rows = covariance.rowwise().mean();
        Matrix centered = covariance;
        centered.colwise() -= rows;
        centered.rowwise() -= rows.transpose();
        centered.array() += rows.mean();
        const Eigen::SelfAdjointEigenSolver<Matrix> solver((centered + centered.transpose()) / 2);
        const double largest = std::max(0., solver.eigenvalues().maxCoeff());
        int rank = 0;
        while (rank < states && solver.eigenvalues()[states - 1 - rank] > 1e-12 * largest) {
            rank++;
        }
        const Vector middle = mean.array() - mean.mean();
        if (rank == 0) {
            visit(1., middle);
            return;
        }
        const Matrix root =
            solver.eigenvectors().rightCols(rank) * solver.eigenvalues().tail(rank).cwiseSqrt().asDiagonal();
        const PointRule &rule = rule_for(rank);
        for (Eigen::Index point = 0; point < rule.weights.size(); point++) {
            visit(rule.weights[point], Vector(middle + root * rule.points.row(point).transpose()));
        }
    }

private:
    const PointRule &rule_for(int dimensions) {
        const auto place = rules_.find(dimensions);
        return place != rules_.end() ? place->second
                                     : rules_.emplace(dimensions, spherical_rule(dimensions)).first->second;
    }

    std::map<int, PointRule> rules_;
};

double log_sum(const Vector &z) {
    const double peak = z.maxCoeff();
    return peak + std::log((z.array() - peak).exp().sum());
}

Vector posterior_of(const Vector &z) {
    const Vector powers = (z.array() - z.maxCoeff()).exp();
    return powers / powers.sum();
}

// A function of a group's numbers with its Jacobian.
struct GroupFunction {
    Vector (*value)(const Vector &z);
    Matrix (*jacobian)(const Vector &posterior);
};

struct GroupMoments {
    Moments moments;
    Matrix jacobian;  // the mean
};

GroupMoments moments_of_group(GroupPoints &points, const Moments &group, const GroupFunction &function) {
    const Eigen::Index states = group.units();
    Vector mean = Vector::Zero(states), posterior = Vector::Zero(states);
    Matrix second = Matrix::Zero(states, states), jacobian = second;
    // Squares are taken around the value at the mean: nothing cancels where the group hardly varies.
    const Vector center = function.value(group.mean);
    points.for_each(group.mean, group.covariance, [&](double weight, const Vector &z) {
        const Vector apart = function.value(z) - center;
        mean += weight * apart;
        second += weight * apart * apart.transpose();
        jacobian += weight * function.jacobian(posterior_of(z));
    });
    return {{center + mean, second - mean * mean.transpose()}, jacobian};
}

Moments through_groups(const Moments &moments, int states, const GroupFunction &function) {
    GroupPoints points;
    const Eigen::Index groups = moments.units() / states;
    Moments result{Vector(moments.units()), moments.covariance};
    std::vector<GroupMoments> behind;
    for (Eigen::Index group = 0; group < groups; group++) {
        const Eigen::Index first = group * states;
        behind.push_back(moments_of_group(
            points,
            {moments.mean.segment(first, states), moments.covariance.block(first, first, states, states)},
            function));
        const Matrix &jacobian = behind.back().jacobian;
        result.covariance.middleRows(first, states) =
            jacobian * Matrix(result.covariance.middleRows(first, states));
        result.covariance.middleCols(first, states) =
            Matrix(result.covariance.middleCols(first, states)) * jacobian.transpose();
    }
    for (Eigen::Index group = 0; group < groups; group++) {
        const Moments &own = behind[static_cast<std::size_t>(group)].moments;
        result.mean.segment(group * states, states) = own.mean;
        result.covariance.block(group * states, group * states, states, states) = own.covariance;
    }
    result.covariance = ((result.covariance + result.covariance.transpose()) / 2).eval();
    return result;
}

}  // namespace

Moments posterior_moments(const Moments &moments, int states) {
    return through_groups(moments, states, {posterior_of, [](const Vector &h) -> Matrix {
                                                Matrix jacobian = -h * h.transpose();
                                                jacobian.diagonal() += h;
                                                return jacobian;
                                            }});
}

Moments log_posterior_moments(const Moments &moments, int states) {
    return through_groups(moments, states,
                          {[](const Vector &z) -> Vector { return z.array() - log_sum(z); },
                           [](const Vector &h) -> Matrix {
                               return Matrix::Identity(h.size(), h.size()) -
                                      Vector::Ones(h.size()) * h.transpose();
                           }});
}

double mean_posterior_entropy(const Moments &group) {
    GroupPoints points;
    double mean = 0;
    points.for_each(group.mean, group.covariance, [&](double weight, const Vector &z) {
        mean += weight * (log_sum(z) - posterior_of(z).dot(z));
    });
    return mean;
}

double mean_cross_entropy(const Moments &logits, int label) {
    GroupPoints points;
    double mean = 0;
    points.for_each(logits.mean, logits.covariance,
                    [&](double weight, const Vector &z) { mean += weight * (log_sum(z) - z[label]); });
    return mean;
}

double probability_of_largest(const Moments &logits, int label) {
    // Differences to the label's logit: the maximum of the others is to be below 0.
    const Eigen::Index states = logits.units();
    if (states == 1) {
        return 1;
    }
    Matrix differences = Matrix::Zero(states, states - 1);
    for (Eigen::Index other = 0, column = 0; other < states; other++) {
        if (other != label) {
            differences(other, column) = 1;
            differences(label, column++) = -1;
        }
    }
    const Moments apart{differences.transpose() * logits.mean,
                        differences.transpose() * logits.covariance * differences};
    std::vector<int> window(static_cast<std::size_t>(states - 1));
    std::iota(window.begin(), window.end(), 0);
    const Moments largest = maximum_moments(apart, {window});
    const double deviation = largest.deviations()[0];
    return deviation > 0         ? 0.5 * std::erfc(largest.mean[0] / deviation * M_SQRT1_2)
           : largest.mean[0] < 0 ? 1
                                 : 0;
}

}  // namespace fsd::analysis
