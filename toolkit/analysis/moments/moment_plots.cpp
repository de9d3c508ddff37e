// Fills in plots.
#include "toolkit/analysis/moments/moment_plots.h"

namespace fsd::analysis {
namespace {

Plot scatter(const std::string &title, const Scatter &points) {
    return {title, "measured", "predicted", {{"", Mark::points, points.measured, points.predicted}}, true};
}

}  // namespace

std::vector<Plot> scatter_plots(const Study &study) {
    return {scatter("Means behind the last layer", study.means),
            scatter("Standard deviations", study.deviations), scatter("Covariances", study.covariances)};
}

Plot depth_plot(const Study &study) {
    Marks mean{"mean / sd", Mark::line, {}, {}}, deviation{"sd", Mark::line, {}, {}},
        covariance{"covariance", Mark::line, {}, {}};
    for (const LayerStudy &layer : study.layers) {
        const auto place = static_cast<double>(layer.layer + 1);
        mean.x.push_back(place);
        mean.y.push_back(layer.error.mean);
        deviation.x.push_back(place);
        deviation.y.push_back(layer.error.deviation);
        covariance.x.push_back(place);
        covariance.y.push_back(layer.error.covariance);
    }
    return {"Relative errors by depth",    "layers passed", "median over classes",
            {mean, deviation, covariance}, false,           Scale::whole};
}

}  // namespace fsd::analysis
