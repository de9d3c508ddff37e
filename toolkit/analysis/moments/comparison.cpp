// Medians, norms and divergences.
#include "toolkit/analysis/moments/comparison.h"

#include "toolkit/analysis/median.h"
#include "toolkit/analysis/moments/gaussian.h"

#include <cmath>
#include <limits>

namespace fsd::analysis {
namespace {

constexpr Eigen::Index most_with_divergence = 512;

double median_of(const std::vector<MomentError> &errors, double MomentError::*member) {
    std::vector<double> values;
    for (const MomentError &error : errors) {
        values.push_back(error.*member);
    }
    return median(values).value_or(0);
}

}  // namespace

MomentError compare(const Moments &measured, const Moments &predicted) {
    const Vector truth = measured.deviations(), found = predicted.deviations();
    const double least = std::sqrt(least_variance(measured));
    std::vector<double> means, deviations;
    for (Eigen::Index unit = 0; unit < truth.size(); unit++) {
        if (truth[unit] > least) {
            means.push_back(std::fabs(predicted.mean[unit] - measured.mean[unit]) / truth[unit]);
            deviations.push_back(std::fabs(found[unit] / truth[unit] - 1));
        }
    }
    MomentError error;
    if (!means.empty()) {
        error.mean = median(means).value_or(0);
        error.deviation = median(deviations).value_or(0);
        error.covariance = (predicted.covariance - measured.covariance).norm() / measured.covariance.norm();
    }
    error.divergence = measured.units() <= most_with_divergence ? kl_divergence(measured, predicted)
                                                                : std::numeric_limits<double>::quiet_NaN();
    return error;
}

MomentError median(const std::vector<MomentError> &errors) {
    return {median_of(errors, &MomentError::mean), median_of(errors, &MomentError::deviation),
            median_of(errors, &MomentError::covariance), median_of(errors, &MomentError::divergence)};
}

}  // namespace fsd::analysis
