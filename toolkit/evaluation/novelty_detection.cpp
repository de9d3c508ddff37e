// Sorts all scores once and walks down.
#include "toolkit/evaluation/novelty_detection.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fsd {
namespace {

// All scores, the highest first; true: of an unknown image.
std::vector<std::pair<double, bool>> descending(const std::vector<double> &usual,
                                                const std::vector<double> &unknown) {
    std::vector<std::pair<double, bool>> all;
    for (const double score : usual) {
        all.emplace_back(score, false);
    }
    for (const double score : unknown) {
        all.emplace_back(score, true);
    }
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    return all;
}

}  // namespace

RocCurve roc_curve(const std::vector<double> &usual, const std::vector<double> &unknown) {
    const std::vector<std::pair<double, bool>> all = descending(usual, unknown);
    RocCurve curve{{0}, {0}};
    double alarms = 0, detections = 0;
    for (std::size_t i = 0; i < all.size(); i++) {
        (all[i].second ? detections : alarms) += 1;
        if (i + 1 == all.size() || all[i + 1].first != all[i].first) {
            curve.false_alarms.push_back(alarms / static_cast<double>(usual.size()));
            curve.detections.push_back(detections / static_cast<double>(unknown.size()));
        }
    }
    return curve;
}

double auroc(const std::vector<double> &usual, const std::vector<double> &unknown) {
    const RocCurve curve = roc_curve(usual, unknown);
    double area = 0;
    for (std::size_t i = 1; i < curve.detections.size(); i++) {
        area += (curve.false_alarms[i] - curve.false_alarms[i - 1]) *
                (curve.detections[i] + curve.detections[i - 1]) / 2;
    }
    return area;
}

double share_rejected(const std::vector<double> &p_values, double level) {
    const auto rejected =
        std::count_if(p_values.begin(), p_values.end(), [=](double p) { return p <= level; });
    return static_cast<double>(rejected) / static_cast<double>(p_values.size());
}

double distance_from_uniform(std::vector<double> p_values) {
    std::sort(p_values.begin(), p_values.end());
    const auto count = static_cast<double>(p_values.size());
    double largest = 0;
    for (std::size_t i = 0; i < p_values.size(); i++) {
        const auto below = static_cast<double>(i);
        largest = std::max(
            {largest, std::fabs(p_values[i] - below / count), std::fabs(p_values[i] - (below + 1) / count)});
    }
    return largest;
}

}  // namespace fsd
