// Sums in the order of the states.
#include "toolkit/evaluation/information.h"

#include <algorithm>
#include <cmath>

namespace fsd {

double log_sum_exp(const double *logarithms, std::size_t count) {
    const double peak = *std::max_element(logarithms, logarithms + count);
    double mass = 0;
    for (std::size_t i = 0; i < count; i++) {
        mass += std::exp(logarithms[i] - peak);
    }
    return peak + std::log(mass);
}

double entropy(const float *log_probability, std::size_t count) {
    double sum = 0;
    for (std::size_t i = 0; i < count; i++) {
        const double logarithm = log_probability[i], probability = std::exp(logarithm);
        sum -= probability == 0 ? 0 : probability * logarithm;
    }
    return sum;
}

double divergence(const double *p, const double *q, std::size_t count) {
    double sum = 0;
    for (std::size_t i = 0; i < count; i++) {
        sum += p[i] > 0 ? p[i] * std::log(p[i] / q[i]) : 0;
    }
    return sum;
}

double divergence_of_logarithms(const double *log_p, const double *log_q, std::size_t count) {
    double sum = 0;
    for (std::size_t i = 0; i < count; i++) {
        const double p = std::exp(log_p[i]);
        sum -= p == 0 ? 0 : p * (log_q[i] - log_p[i]);
    }
    return sum;
}

}  // namespace fsd
