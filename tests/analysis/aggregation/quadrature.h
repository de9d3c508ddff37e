// Integrals as an independent way to divergences.
#pragma once

#include <cmath>

namespace fsd::testing {

// The trapezoidal rule with `steps` steps.
template<typename Function>
double integral(double from, double to, int steps, const Function &function) {
    const double width = (to - from) / steps;
    double sum = 0.5 * (function(from) + function(to));
    for (int i = 1; i < steps; i++) {
        sum += function(from + i * width);
    }
    return sum * width;
}

// D(p || q) of densities over the positive numbers, given by their logarithms, over t = log x from `from` to
// `to`.
template<typename LogP, typename LogQ>
double positive_divergence(double from, double to, const LogP &log_p, const LogQ &log_q) {
    return integral(from, to, 20000, [&](double t) {
        const double x = std::exp(t), p = log_p(x);
        return std::isfinite(p) ? std::exp(p + t) * (p - log_q(x)) : 0;
    });
}

}  // namespace fsd::testing
