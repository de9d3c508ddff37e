// Scores both sets of images and lists how far apart they are.
#include "apps/fsdnet/evaluate_against.h"

#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/verb.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/evaluation/unknown_images.h"
#include "toolkit/pictures/plot.h"
#include "toolkit/sources/labeled_data.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;

constexpr double levels[] = {0.01, 0.05};

// Shares of the scores in bins that are even in log(1 + score): novelties reach from 1 to millions.
Marks histogram(const std::string &name, const std::vector<double> &scores, double low, double high) {
    constexpr int bins = 40;
    Marks marks{name, Mark::bars, {}, std::vector<double>(bins)};
    for (int bin = 0; bin < bins; bin++) {
        marks.x.push_back(low + (high - low) * bin / bins);
    }
    for (const double score : scores) {
        const double place = (score - low) / (high - low) * bins;
        marks.y[static_cast<std::size_t>(std::clamp(static_cast<int>(place), 0, bins - 1))] +=
            1 / static_cast<double>(scores.size());
    }
    return marks;
}

std::vector<double> compressed(std::vector<double> scores) {
    for (double &score : scores) {
        score = std::copysign(std::log10(1 + std::fabs(score)), score);
    }
    return scores;
}

Plot histograms_of(const Detection &detection) {
    const std::vector<double> usual = compressed(detection.usual), unknown = compressed(detection.unknown);
    const auto [usual_low, usual_high] = std::minmax_element(usual.begin(), usual.end());
    const auto [low, high] = std::minmax_element(unknown.begin(), unknown.end());
    const double first = std::min(*usual_low, *low), last = std::max({*usual_high, *high, first + 1e-6});
    Plot plot{"Scores", "log10 (1 + " + detection.measure + ")", "share of the images", {}};
    plot.marks.push_back(histogram("known", usual, first, last));
    plot.marks.push_back(histogram("other", unknown, first, last));
    return plot;
}

Plot curves_of(const std::vector<Detection> &detections) {
    Plot plot{"Detection", "false alarms", "detected", {}};
    for (const Detection &detection : detections) {
        // "entropy of the posterior" is too long for a legend.
        plot.marks.push_back({detection.measure.substr(0, detection.measure.find(" of the")), Mark::line,
                              detection.roc.false_alarms, detection.roc.detections});
    }
    return plot;
}

}  // namespace

Json compared_with(const Model &model, const Dataset &data, const std::string &split, const Against &against,
                   const std::string &device) {
    const Dataset other =
        load_dataset(against.path, split == "train" ? Split::train : Split::test, format_of(model.input));
    NetworkOptions options;
    options.device = device;
    Network network(model, options);
    const ImageScores usual = scores_of(network, data.inputs()), unknown = scores_of(network, other.inputs());
    const std::vector<Detection> detections = compare(usual, unknown);
    if (!against.picture.empty()) {
        save_picture(against.picture,
                     plots_picture({histograms_of(detections.front()), curves_of(detections)}));
    }
    Json json = {{"data", other.source}, {"images", other.count()}, {"auroc", Json::object()}};
    for (const Detection &detection : detections) {
        json["auroc"][detection.measure] = detection.auroc;
    }
    if (usual.p_values.empty()) {
        note("The model holds no fit of its novelty; 'fsdnet calibrate' adds it, and with it p-values.");
        return json;
    }
    json["p_values"] = {{"distance_from_uniform", distance_from_uniform(usual.p_values)}};
    json["levels"] = Json::array();
    for (const double level : levels) {
        json["levels"].push_back({{"level", level},
                                  {"false_alarms", share_rejected(usual.p_values, level)},
                                  {"detected", share_rejected(unknown.p_values, level)}});
    }
    return json;
}

std::string table_of(const Json &comparison) {
    std::ostringstream out;
    out << "\nagainst " << printable_text(comparison["data"].get<std::string>()) << ", "
        << comparison["images"] << " images\n";
    for (const auto &[measure, auroc] : comparison["auroc"].items()) {
        out << "AUROC of " << std::left << std::setw(28) << measure << std::right << std::fixed
            << std::setprecision(4) << auroc.get<double>() << '\n';
    }
    if (comparison.contains("levels")) {
        for (const Json &level : comparison["levels"]) {
            out << "p <= " << std::setprecision(2) << level["level"].get<double>() << "   false alarms "
                << std::setw(6) << 100 * level["false_alarms"].get<double>() << " %   detected "
                << std::setw(6) << 100 * level["detected"].get<double>() << " %\n";
        }
        out << "p-values of the known images: Kolmogorov-Smirnov distance from uniform "
            << std::setprecision(4) << comparison["p_values"]["distance_from_uniform"].get<double>() << '\n';
    }
    return out.str();
}

}  // namespace fsd::command_line
