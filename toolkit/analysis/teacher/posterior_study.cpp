// Joint distributions of pairs as products of posteriors, class by class.
#include "toolkit/analysis/teacher/posterior_study.h"

#include "toolkit/analysis/teacher/disentanglement.h"

#include <algorithm>
#include <utility>

namespace fsd::analysis {
namespace {

std::vector<std::pair<int, int>> pairs_of(int variables) {
    const std::int64_t all = std::int64_t(variables) * (variables - 1) / 2;
    const std::int64_t step = std::max<std::int64_t>(1, (all + most_pairs - 1) / most_pairs);
    std::vector<std::pair<int, int>> chosen;
    std::int64_t index = 0;
    for (int a = 0; a < variables; a++) {
        for (int b = a + 1; b < variables; b++, index++) {
            if (index % step == 0) {
                chosen.emplace_back(a, b);
            }
        }
    }
    return chosen;
}

std::vector<Matrix> by_class(const Matrix &posterior, const std::vector<int> &labels, int classes) {
    std::vector<Matrix> parts;
    for (int label = 0; label < classes; label++) {
        parts.emplace_back(std::count(labels.begin(), labels.end(), label), posterior.cols());
        Eigen::Index row = 0;
        for (std::size_t sample = 0; sample < labels.size(); sample++) {
            if (labels[sample] == label) {
                parts.back().row(row++) = posterior.row(static_cast<Eigen::Index>(sample));
            }
        }
    }
    return parts;
}

}  // namespace

PosteriorStudy study_posteriors(const Matrix &posterior, int states, const std::vector<int> &labels,
                                int classes) {
    PosteriorStudy study;
    study.states = states;
    study.variables = static_cast<int>(posterior.cols()) / states;
    study.classes = class_means(posterior, labels, classes);
    const auto pairs = pairs_of(study.variables);
    study.pairs = static_cast<int>(pairs.size());
    const double samples = study.classes.count.sum();
    if (pairs.empty() || samples == 0) {
        return study;
    }
    const std::vector<Matrix> parts = by_class(posterior, labels, classes);
    double sum = 0;
    for (const auto &[a, b] : pairs) {
        std::vector<Matrix> joint;
        for (const Matrix &part : parts) {
            joint.emplace_back(part.middleCols(Eigen::Index(a) * states, states).transpose() *
                               part.middleCols(Eigen::Index(b) * states, states));
            joint.back() /= std::max(1e-300, joint.back().sum());
        }
        sum += factorization_index(study.classes.count / samples, joint);
    }
    study.factorization = sum / study.pairs;
    return study;
}

}  // namespace fsd::analysis
