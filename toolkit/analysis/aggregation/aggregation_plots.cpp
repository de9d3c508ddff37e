// Densities are scaled as the histograms: per unit of the feature.
#include "toolkit/analysis/aggregation/aggregation_plots.h"

#include "runtime/error.h"
#include "toolkit/analysis/aggregation/log_odds.h"
#include "toolkit/analysis/aggregation/pearson3.h"

#include <algorithm>
#include <cmath>
#include <iomanip>

namespace fsd::analysis {
namespace {

constexpr int bins = 30, curve_points = 200;

std::string rounded(double value, int digits) {
    std::ostringstream out;
    out << std::fixed << std::setprecision(digits) << value;
    return out.str();
}

std::optional<double> distance_of(const ChannelFit &fit) {
    return fit.gamma_distance ? fit.gamma_distance : fit.normal_distance;
}

// The fit at a share of the list when it is sorted by distance; nullptr where no fit has one.
const ChannelFit *at_share(const std::vector<ChannelFit> &fits, double share) {
    std::vector<const ChannelFit *> order;
    for (const ChannelFit &fit : fits) {
        if (distance_of(fit) && fit.variance > 0) {
            order.push_back(&fit);
        }
    }
    if (order.empty()) {
        return nullptr;
    }
    std::sort(order.begin(), order.end(),
              [](const ChannelFit *a, const ChannelFit *b) { return *distance_of(*a) < *distance_of(*b); });
    return order[static_cast<std::size_t>(share * static_cast<double>(order.size() - 1))];
}

// Per number, zeros included; they have no bar.
Marks histogram(const std::vector<double> &numbers, double low, double width) {
    Marks bars{"measured", Mark::bars, {}, {}};
    for (int bin = 0; bin < bins; bin++) {
        bars.x.push_back(low + bin * width);
        bars.y.push_back(0);
    }
    for (const double number : numbers) {
        const auto bin = static_cast<std::size_t>(std::clamp((number - low) / width, 0., bins - 1.));
        bars.y[bin] += number == 0 ? 0 : 1 / (static_cast<double>(numbers.size()) * width);
    }
    return bars;
}

template<typename Density>
Marks curve(const std::string &name, double low, double high, const Density &density) {
    Marks line{name, Mark::line, {}, {}};
    for (int point = 0; point <= curve_points; point++) {
        const double x = low + (high - low) * (point + 0.5) / (curve_points + 1);
        line.x.push_back(x);
        line.y.push_back(density(x));
    }
    return line;
}

Plot fit_plot(const PooledSet &set, const ChannelFit &fit, const std::string &label,
              const std::string &unit) {
    std::vector<double> numbers;
    for (int sample = 0; sample < set.samples(); sample++) {
        if (set.labels[sample] == fit.label) {
            numbers.push_back(set.row(sample)[fit.feature]);
        }
    }
    const auto [least, greatest] = std::minmax_element(numbers.begin(), numbers.end());
    const double low = *least, width = *greatest > low ? (*greatest - low) / bins : 1,
                 high = low + bins * width;
    Plot plot{text("Class ", label, ", feature ", fit.feature, ": zeros ", rounded(100 * fit.zero_share, 1),
                   " %, KS ", rounded(*distance_of(fit), 3)),
              unit,
              "density",
              {histogram(numbers, low, width)}};
    if (fit.gamma_distance && fit.gamma.form == HurdleGamma::Form::gamma) {
        plot.marks.push_back(curve("hurdle Gamma", low, high, [&](double x) {
            return (1 - fit.gamma.zero) * std::exp(fit.gamma.positive.log_density(x));
        }));
        // A density that has a pole at 0 would leave no room for the rest.
        const double most = 1.5 * *std::max_element(plot.marks[0].y.begin(), plot.marks[0].y.end());
        for (double &y : plot.marks.back().y) {
            y = std::min(y, most);
        }
    }
    plot.marks.push_back(curve("normal", low, high, [&](double x) {
        return std::exp(Pearson3{fit.mean, fit.variance, 0}.log_density(x));
    }));
    return plot;
}

Marks points(const std::string &name, const std::vector<NodeDivergence> &divergences, Predictor predictor) {
    Marks marks{name, Mark::points, {}, {}};
    for (const NodeDivergence &divergence : divergences) {
        const std::optional<double> predicted = divergence.predicted[static_cast<std::size_t>(predictor)];
        if (predicted && divergence.measured) {
            marks.x.push_back(*divergence.measured);
            marks.y.push_back(*predicted);
        }
    }
    return marks;
}

std::string correlation_text(const Agreement &found) {
    return found.pearson ? rounded(*found.pearson, 3) : "-";
}

}  // namespace

Plot divergence_plot(const AggregationAnalysis &analysis, bool own_nodes_only) {
    const std::vector<NodeDivergence> shown =
        own_nodes_only ? analysis.own_divergences() : analysis.divergences;
    const std::string title =
        text("KL of nodes: r = ", correlation_text(agreement(shown, Predictor::normal_mixture)), " (P2), ",
             correlation_text(agreement(shown, Predictor::pearson_mixture)), " (P3)");
    return {title,
            "measured KL by nearest neighbors, nats",
            "predicted KL, nats",
            {points("P2 normal mixture", shown, Predictor::normal_mixture),
             points("P3 Pearson III mixture", shown, Predictor::pearson_mixture)},
            true};
}

std::vector<Plot> aggregation_plots(const AggregationInput &input, const AggregationAnalysis &analysis,
                                    const std::vector<std::string> &classes) {
    const PooledSet set = input.log_probabilities ? log_odds(input.measured) : input.measured;
    const std::string unit =
        input.log_probabilities || input.log_odds ? "pooled log-odds, nats" : "pooled feature";
    std::vector<Plot> plots;
    for (const double share : {0.5, 0.9}) {
        if (const ChannelFit *fit = at_share(analysis.channels, share)) {
            const auto label = static_cast<std::size_t>(fit->label);
            plots.push_back(
                fit_plot(set, *fit, label < classes.size() ? classes[label] : std::to_string(label), unit));
        }
    }
    if (!analysis.divergences.empty()) {
        plots.push_back(divergence_plot(analysis, false));
    }
    if (plots.empty()) {
        throw Error(ExitCode::bad_input, "There is nothing to draw: no feature varies in any class.");
    }
    return plots;
}

}  // namespace fsd::analysis
