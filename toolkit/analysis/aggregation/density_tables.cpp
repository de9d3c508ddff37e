// Pairs that belong to one call have equally many components: classes with samples, but their own.
#include "toolkit/analysis/aggregation/density_tables.h"

#include "runtime/call.h"
#include "toolkit/analysis/aggregation/pearson3.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

constexpr int points = 4001;
constexpr double reach = 9;  // deviations on each side
constexpr std::size_t most_bytes = std::size_t(32) << 20;

class Tables {
public:
    Tables(int pairs, int components)
        : components_(components),
          log_density_(make_tensor<double>({pairs, points})),
          log_component_(make_tensor<double>({pairs, components, points})),
          log_share_(make_tensor<double>({pairs, components})),
          point_distance_(make_tensor<double>({pairs})),
          divergence_(make_tensor<double>({pairs})) {}

    double *density(int pair) { return numbers(log_density_) + std::size_t(pair) * points; }
    double *component(int pair, int index) {
        return numbers(log_component_) + (std::size_t(pair) * components_ + index) * points;
    }
    double &share(int pair, int index) { return numbers(log_share_)[pair * components_ + index]; }
    double &distance(int pair) { return numbers(point_distance_)[pair]; }

    // Of the first `pairs` pairs.
    std::vector<double> divergences() {
        Call call(need_kernel("mixture_divergence", {"tuned", "cpu"}));
        call.set("log_density", log_density_)
            .set("log_component", log_component_)
            .set("log_share", log_share_)
            .set("point_distance", point_distance_)
            .set("divergence_from_mixture", divergence_);
        call();
        const double *found = numbers(divergence_);
        return {found, found + divergence_.number_of_elements()};
    }

private:
    static double *numbers(Tensor &tensor) { return static_cast<double *>(tensor.data()); }

    std::size_t components_;
    Tensor log_density_, log_component_, log_share_, point_distance_, divergence_;
};

class Filling {
public:
    Filling(const NodeStatistics &moments, bool independent, bool skewed)
        : moments_(moments),
          variance_(independent ? moments.variance_independent : moments.variance),
          skewed_(skewed) {}

    void fill(Tables &tables, int place, const NodePair &pair) const {
        const double mean = moments_.mean(pair.label, pair.node), variance = variance_(pair.label, pair.node);
        const double deviation = std::sqrt(variance), distance = 2 * reach * deviation / (points - 1);
        const double first = mean - reach * deviation;
        tables.distance(place) = distance;
        write(tables.density(place), pair.label, pair.node, variance, first, distance);
        const double total = count_of_others(pair.label);
        int component = 0;
        for (int label = 0; label < classes(); label++) {
            if (label != pair.label && moments_.count[label] > 0) {
                tables.share(place, component) = std::log(moments_.count[label] / total);
                write(tables.component(place, component), label, pair.node,
                      std::max(variance_(label, pair.node), least_variance(variance)), first, distance);
                component++;
            }
        }
    }

    int components(const NodePair &pair) const {
        int count = 0;
        for (int label = 0; label < classes(); label++) {
            count += label != pair.label && moments_.count[label] > 0 ? 1 : 0;
        }
        return count;
    }

private:
    int classes() const { return static_cast<int>(moments_.count.size()); }

    double count_of_others(int label) const {
        double total = 0;
        for (int other = 0; other < classes(); other++) {
            total += other == label ? 0 : moments_.count[other];
        }
        return total;
    }

    void write(double *table, int label, int node, double variance, double first, double distance) const {
        const Pearson3 shape{moments_.mean(label, node), variance,
                             skewed_ ? moments_.skewness(label, node) : 0};
        for (int point = 0; point < points; point++) {
            const double x = first + point * distance;
            table[point] = skewed_ ? softened_log_density(shape, x) : shape.log_density(x);
        }
    }

    const NodeStatistics &moments_;
    const Matrix &variance_;
    bool skewed_;
};

}  // namespace

double least_variance(double variance) {
    const double deviations = 2 * reach / (points - 1);
    return deviations * deviations * variance;
}

std::vector<double> mixture_divergences(const NodeStatistics &moments, bool independent, bool skewed,
                                        const std::vector<NodePair> &pairs) {
    const Filling filling(moments, independent, skewed);
    std::vector<double> result;
    for (std::size_t first = 0; first < pairs.size();) {
        const int components = filling.components(pairs[first]);
        const std::size_t room =
            std::max<std::size_t>(1, most_bytes / (sizeof(double) * points * (components + 1)));
        std::size_t end = first;
        while (end < pairs.size() && end - first < room && filling.components(pairs[end]) == components) {
            end++;
        }
        Tables tables(static_cast<int>(end - first), components);
        for (std::size_t i = first; i < end; i++) {
            filling.fill(tables, static_cast<int>(i - first), pairs[i]);
        }
        const std::vector<double> found = tables.divergences();
        std::transform(found.begin(), found.end(), std::back_inserter(result),
                       [](double nats) { return nats < 0 ? 0 : nats; });
        first = end;
    }
    return result;
}

}  // namespace fsd::analysis
