// Bands of chance are lines at their upper end.
#include "toolkit/analysis/features/feature_plots.h"

#include "runtime/error.h"

#include <algorithm>

namespace fsd::analysis {
namespace {

Plot score_plot(const std::vector<LayerFeatures> &layers) {
    Marks score{"H(f)", Mark::line, {}, {}}, bound{"its bound", Mark::line, {}, {}},
        chance{"by chance", Mark::line, {}, {}};
    for (const LayerFeatures &layer : layers) {
        if (layer.scored) {
            const auto depth = static_cast<double>(layer.layer);
            score.x.push_back(depth);
            score.y.push_back(layer.scored->h_score);
            bound.x.push_back(depth);
            bound.y.push_back(layer.scored->bound);
            if (layer.scored->null) {
                chance.x.push_back(depth);
                chance.y.push_back(layer.scored->null->high);
            }
        }
    }
    return {"H-score by depth", "activations in front of layer", "nats", {score, bound, chance}, false,
            Scale::whole};
}

Plot information_plot(const std::vector<LayerFeatures> &layers) {
    Marks best{"I(H;Y)", Mark::line, {}, {}}, mean{"its mean", Mark::points, {}, {}},
        input{"mean I(X;H)", Mark::points, {}, {}};
    for (const LayerFeatures &layer : layers) {
        const auto depth = static_cast<double>(layer.layer);
        const auto add = [&](Marks &marks, const std::optional<double> &number) {
            if (number) {
                marks.x.push_back(depth);
                marks.y.push_back(*number);
            }
        };
        add(best, layer.discrete ? std::optional<double>(layer.discrete->information) : std::nullopt);
        add(mean, layer.mean_information);
        add(input, layer.input_information);
    }
    return {"Information by depth",
            "activations in front of layer",
            "nats",
            {best, mean, input},
            false,
            Scale::whole};
}

}  // namespace

Plot correlation_plot(const DiscreteFeatures &features, const std::string &name) {
    Marks sigma{"sigma", Mark::points, {}, {}}, chance{"by chance", Mark::line, {}, {}};
    for (Eigen::Index i = 0; i < features.correlations.size(); i++) {
        sigma.x.push_back(static_cast<double>(i + 1));
        sigma.y.push_back(features.correlations[i]);
    }
    for (std::size_t i = 0; i < features.null.size(); i++) {
        chance.x.push_back(static_cast<double>(i + 1));
        chance.y.push_back(features.null[i].high);
    }
    return {"Singular values of B" + (name.empty() ? "" : ", " + name),
            "mode",
            "correlation",
            {sigma, chance},
            false,
            Scale::whole};
}

std::vector<Plot> feature_plots(const std::vector<LayerFeatures> &layers) {
    const LayerFeatures *best = nullptr;
    for (const LayerFeatures &layer : layers) {
        if (layer.discrete && (!best || layer.discrete->information > best->discrete->information)) {
            best = &layer;
        }
    }
    std::vector<Plot> plots;
    if (best) {
        plots.push_back(correlation_plot(*best->discrete, best->behind));
    }
    if (layers.size() > 1) {
        plots.push_back(score_plot(layers));
        plots.push_back(information_plot(layers));
    }
    if (plots.empty()) {
        throw Error(ExitCode::bad_input,
                    "There is nothing to draw: the layer has too many numbers to be coded.");
    }
    return plots;
}

}  // namespace fsd::analysis
