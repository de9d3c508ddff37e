// Each formula as written; rounding below 0 is 0.
#include "toolkit/analysis/aggregation/closed_divergence.h"

#include "toolkit/analysis/aggregation/digamma.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

// p log(p/q), where q is at least `least`.
double term(double p, double q, double least) {
    return p > 0 ? p * std::log(p / std::max(q, least)) : 0;
}

// The logarithms of Gamma's derivatives cancel for large shapes that are close: log Gamma(b) - log Gamma(a) -
// (b - a) psi(a) is then (b - a)^2 psi'(a)/2.
double shape_part(double a, double b) {
    const double relative = (b - a) / a;
    if (std::fabs(relative) < 1e-6) {
        return 0.5 * (b - a) * (b - a) * trigamma(a);
    }
    return std::lgamma(b) - std::lgamma(a) - (b - a) * digamma(a);
}

// Whether both are the same up to what rounding of sums leaves.
bool coincide(double x, double y) {
    return std::fabs(x - y) <= 1e-9 * std::max(std::fabs(x), std::fabs(y));
}

Divergence positive_divergence(const HurdleGamma &p, const HurdleGamma &q, double cap) {
    using Form = HurdleGamma::Form;
    if (p.form == Form::gamma && q.form == Form::gamma) {
        const double nats = gamma_divergence(p.positive, q.positive);
        return std::isfinite(nats) ? Divergence{nats, false} : Divergence{cap, true};
    }
    if (p.form == Form::point && q.form == Form::point && coincide(p.location, q.location)) {
        return {};
    }
    return {cap, true};
}

}  // namespace

double normal_divergence(double mean1, double variance1, double mean2, double variance2) {
    const double difference = mean1 - mean2, excess = variance1 / variance2 - 1;
    return std::max(0., 0.5 * (excess - std::log1p(excess) + difference * difference / variance2));
}

double gamma_divergence(const Gamma &p, const Gamma &q) {
    const double excess = p.scale / q.scale - 1;
    const double nats = shape_part(p.shape, q.shape) - q.shape * std::log1p(excess) + p.shape * excess;
    return std::isnan(nats) ? HUGE_VAL : std::max(0., nats);
}

Divergence hurdle_divergence(const HurdleGamma &p, const HurdleGamma &q, int samples) {
    const double least = 0.5 / std::max(samples, 1);
    Divergence result;
    result.nats = term(p.zero, q.zero, least) + term(1 - p.zero, 1 - q.zero, least);
    result.capped = (p.zero > 0 && q.zero == 0) || (p.zero < 1 && q.zero == 1);
    if (p.zero < 1 && q.zero < 1) {
        const Divergence positive = positive_divergence(p, q, -std::log(least));
        result.nats += (1 - p.zero) * positive.nats;
        result.capped = result.capped || positive.capped;
    }
    result.nats = std::max(0., result.nats);
    return result;
}

}  // namespace fsd::analysis
