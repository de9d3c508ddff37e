// What the cases of the fusions of KLD layers with Bayes' rule share: references, errors, shapes with groups.
#pragma once

#include "cases/evidence.h"

namespace fsd::testing {

// The log posterior of each group of states; remembers the largest error of an evidence.
inline Values log_posterior_of(Problem &problem, const Values &evidence, int terms, const Shape &shape) {
    Values log_posterior(shape);
    const int states = problem.extent("state");
    double &error = problem.scalars["evidence error"];
    for (std::size_t row = 0; row < evidence.data.size(); row += states) {
        const double *z = &evidence.data[row];
        const double peak = *std::max_element(z, z + states);
        double mass = 0;
        for (int s = 0; s < states; s++) {
            mass += std::exp(z[s] - peak);
            error = std::max(error, evidence_error(terms, z[s]));
        }
        for (int s = 0; s < states; s++) {
            log_posterior.data[row + s] = z[s] - peak - std::log(mass);
        }
    }
    return log_posterior;
}

inline Values exponentials(Values values) {
    for (double &value : values.data) {
        value = std::exp(value);
    }
    return values;
}

inline Values convolution_log_posterior(Problem &problem) {
    return log_posterior_of(problem, convolution_evidence(problem), convolution_terms(problem),
                            {problem.extent("sample"), problem.extent("output_y"), problem.extent("output_x"),
                             problem.extent("group"), problem.extent("state")});
}

// Errors of the evidence move a log posterior by twice their size at most. Bayes' rule itself: the difference
// to the peak and the last difference are rounded once (half an epsilon of at most |expected| + log S), the
// mass has a relative error of at most S / 16 + 6 roundings (lanes, then their sum), its logarithm of 1 ULP.
inline double log_posterior_error(const Problem &problem, double log_posterior) {
    const double states = problem.extent("state");
    return 2 * problem.scalars.at("evidence error") +
           epsilon * (std::fabs(log_posterior) + 2 * std::log(states) + states / 16 + 6);
}

// The same as a relative error, and what is below the normal numbers may become 0.
inline double posterior_error(const Problem &problem, double posterior) {
    const double smallest_normal = 1.2e-38;
    const double log_posterior = std::log(std::max(posterior, smallest_normal));
    return posterior * std::expm1(log_posterior_error(problem, log_posterior) + 2 * epsilon) +
           smallest_normal;
}

// The outputs as the states of one group, and as several groups where they can be divided.
inline std::vector<Extents> in_groups(const std::vector<Extents> &shapes) {
    std::vector<Extents> grouped;
    for (const Extents &shape : shapes) {
        const int outputs = shape.at("output");
        for (int groups : {1, 2, 3, 4, outputs}) {
            if (outputs % groups == 0 && (groups == 1 || outputs / groups <= 17)) {
                grouped.push_back(shape);
                grouped.back().erase("output");
                grouped.back()["group"] = groups;
                grouped.back()["state"] = outputs / groups;
            }
        }
    }
    return grouped;
}

// The shapes, and batches so large that GPUs take other forms of a schedule for them.
inline std::vector<Extents> and_large_batches(std::vector<Extents> shapes) {
    constexpr ConvolutionShape large[] = {{2050, 3, 4, 1, 16, 2, 3, 1, 1, 0, 0},
                                          {2049, 3, 3, 4, 32, 2, 2, 1, 1, 0, 0}};
    for (const ConvolutionShape &shape : large) {
        shapes.push_back(in_groups({extents_of(shape)}).front());
    }
    return shapes;
}

inline std::vector<Extents> in_one_group(std::vector<Extents> shapes) {
    for (Extents &shape : shapes) {
        shape["group"] = 1;
        shape["state"] = shape.at("output");
        shape.erase("output");
    }
    return shapes;
}

inline double convolution_operations(const Problem &problem) {
    double all = 2;
    for (const char *axis :
         {"sample", "output_y", "output_x", "window_y", "window_x", "input", "group", "state"}) {
        all *= problem.extent(axis);
    }
    return all;
}

}  // namespace fsd::testing
