// Closed forms here, mixtures by the kernel mixture_divergence from tables of log-densities.
#include "toolkit/analysis/aggregation/predicted_divergence.h"

#include "toolkit/analysis/aggregation/closed_divergence.h"
#include "toolkit/analysis/aggregation/density_tables.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

// Mean and variance of a mixture of all classes but one at a node.
struct Others {
    double count = 0, mean = 0, variance = 0;
};

Others others(const NodeStatistics &moments, const NodePair &pair) {
    Others result;
    double square = 0;
    for (int label = 0; label < static_cast<int>(moments.count.size()); label++) {
        if (label != pair.label) {
            const double count = moments.count[label], mean = moments.mean(label, pair.node);
            result.count += count;
            result.mean += count * mean;
            square += count * (moments.variance(label, pair.node) + mean * mean);
        }
    }
    result.mean /= result.count;
    result.variance = square / result.count - result.mean * result.mean;
    return result;
}

bool has_divergence(const NodeStatistics &moments, const NodePair &pair) {
    const Others rest = others(moments, pair);
    return moments.count[pair.label] > 1 && moments.variance(pair.label, pair.node) > 0 && rest.count > 0 &&
           rest.variance > 1e-12 * rest.mean * rest.mean;
}

double normal_prediction(const NodeStatistics &moments, const NodePair &pair) {
    const Others rest = others(moments, pair);
    return normal_divergence(moments.mean(pair.label, pair.node), moments.variance(pair.label, pair.node),
                             rest.mean, rest.variance);
}

double gamma_prediction(const NodeStatistics &moments, const NodePair &pair) {
    double shift = HUGE_VAL;
    for (int label = 0; label < static_cast<int>(moments.count.size()); label++) {
        if (moments.count[label] > 0) {
            shift = std::min(shift, moments.mean(label, pair.node) -
                                        6 * std::sqrt(moments.variance(label, pair.node)));
        }
    }
    const Others rest = others(moments, pair);
    return gamma_divergence(gamma_of_moments(moments.mean(pair.label, pair.node) - shift,
                                             moments.variance(pair.label, pair.node)),
                            gamma_of_moments(rest.mean - shift, rest.variance));
}

double normal_mixture_bound(const NodeStatistics &moments, const NodePair &pair) {
    const double variance = moments.variance(pair.label, pair.node);
    const double total = others(moments, pair).count;
    double least = HUGE_VAL, sum = 0;
    std::vector<double> exponents;
    for (int label = 0; label < static_cast<int>(moments.count.size()); label++) {
        if (label != pair.label && moments.count[label] > 0) {
            const double wide = std::max(moments.variance(label, pair.node), least_variance(variance));
            exponents.push_back(normal_divergence(moments.mean(pair.label, pair.node), variance,
                                                  moments.mean(label, pair.node), wide) -
                                std::log(moments.count[label] / total));
            least = std::min(least, exponents.back());
        }
    }
    for (const double exponent : exponents) {
        sum += std::exp(least - exponent);
    }
    return std::max(0., least - std::log(sum));
}

std::vector<double> predictions(Predictor predictor, const NodeStatistics &moments,
                                const std::vector<NodePair> &pairs) {
    switch (predictor) {
    case Predictor::normal_mixture:
    case Predictor::normal_mixture_independent:
    case Predictor::pearson_mixture:
        return mixture_divergences(moments, predictor == Predictor::normal_mixture_independent,
                                   predictor == Predictor::pearson_mixture, pairs);
    default:
        break;
    }
    std::vector<double> result;
    for (const NodePair &pair : pairs) {
        result.push_back(predictor == Predictor::normal  ? normal_prediction(moments, pair)
                         : predictor == Predictor::gamma ? gamma_prediction(moments, pair)
                                                         : normal_mixture_bound(moments, pair));
    }
    return result;
}

}  // namespace

const char *name_of(Predictor predictor) {
    switch (predictor) {
    case Predictor::normal:
        return "normal";
    case Predictor::gamma:
        return "gamma";
    case Predictor::normal_mixture_bound:
        return "normal_mixture_bound";
    case Predictor::normal_mixture_independent:
        return "normal_mixture_independent";
    case Predictor::normal_mixture:
        return "normal_mixture";
    default:
        return "pearson_mixture";
    }
}

std::vector<std::optional<double>> predicted_divergences(Predictor predictor, const NodeStatistics &moments,
                                                         const std::vector<NodePair> &pairs) {
    std::vector<NodePair> possible;
    std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(possible),
                 [&](const NodePair &pair) { return has_divergence(moments, pair); });
    const std::vector<double> found = predictions(predictor, moments, possible);
    std::vector<std::optional<double>> result;
    std::size_t next = 0;
    for (const NodePair &pair : pairs) {
        std::optional<double> nats;
        if (has_divergence(moments, pair)) {
            nats = found[next++];
        }
        result.push_back(nats && std::isfinite(*nats) ? nats : std::nullopt);
    }
    return result;
}

}  // namespace fsd::analysis
