// Tables and JSON of moments.
#include "apps/fsdnet/moment_report.h"

#include "runtime/error.h"

#include <cmath>
#include <iomanip>
#include <iostream>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;
using namespace analysis;

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json numbers(const Vector &values) {
    return std::vector<double>(values.data(), values.data() + values.size());
}

Json json_of_error(const MomentError &error) {
    return {{"mean_error", error.mean},
            {"deviation_error", error.deviation},
            {"covariance_error", error.covariance},
            {"kl", number(error.divergence)}};
}

std::string moment_cell(double value, int width, int digits) {
    std::ostringstream out;
    out << std::setw(width);
    if (std::fabs(value) >= 1e4 && std::isfinite(value)) {
        out << std::scientific << std::setprecision(2) << value;
    } else if (std::isfinite(value)) {
        out << std::fixed << std::setprecision(digits) << value;
    } else {
        out << "-";
    }
    return out.str();
}

std::string flags(int deterministic, int dead, double clipped) {
    std::ostringstream out;
    if (deterministic > 0) {
        out << "  " << deterministic << " without variance";
    }
    if (dead > 0) {
        out << ", " << dead << " dead";
    }
    if (clipped > 0) {
        out << "  clipped " << std::setprecision(2) << 100 * clipped << " %";
    }
    return out.str();
}

}  // namespace

Json json_of(const Study &study) {
    Json layers = Json::array(), classes = Json::array();
    for (const LayerStudy &layer : study.layers) {
        Json one = {{"layer", layer.layer}, {"op", layer.op}, {"units", layer.units}};
        one.update(json_of_error(layer.error));
        one["deterministic"] = layer.deterministic;
        one["dead"] = layer.dead;
        one["clipped"] = layer.clipped;
        if (layer.entropy) {
            one["entropy"] = {{"measured", layer.entropy->measured}, {"predicted", layer.entropy->predicted}};
        }
        layers.push_back(one);
    }
    for (const ClassStudy &one : study.classes) {
        Json entry = {{"class", one.name},
                      {"samples", one.samples},
                      {"left_out", one.left_out},
                      {"rank_deficient", one.rank_deficient}};
        if (!one.errors.empty()) {
            entry["behind_last_layer"] = json_of_error(one.errors.back());
        }
        classes.push_back(entry);
    }
    return {{"from_layer", study.from}, {"layers", layers}, {"classes", classes}, {"notes", study.notes}};
}

void print_table(const Study &study) {
    int samples = 0;
    for (const ClassStudy &one : study.classes) {
        samples += one.samples;
    }
    std::cout << samples << " samples of " << study.classes.size() << " classes, Gaussian in front of layer "
              << study.from << "; medians over the classes\n"
              << "behind layer               units  mean/sd       sd  covariance   KL, nats\n";
    for (const LayerStudy &layer : study.layers) {
        std::cout << std::left << std::setw(24) << text(layer.layer, " ", layer.op) << std::right
                  << std::setw(8) << layer.units << moment_cell(layer.error.mean, 9, 4)
                  << moment_cell(layer.error.deviation, 9, 4) << moment_cell(layer.error.covariance, 12, 4)
                  << moment_cell(layer.error.divergence, 11, 4)
                  << flags(layer.deterministic, layer.dead, layer.clipped) << '\n';
        if (layer.entropy) {
            std::cout << "  entropy of a posterior, nats: measured"
                      << moment_cell(layer.entropy->measured, 8, 4) << ", from Gaussian log-odds"
                      << moment_cell(layer.entropy->predicted, 8, 4) << '\n';
        }
    }
    for (const std::string &sentence : study.notes) {
        std::cout << sentence << '\n';
    }
}

Json json_of(const std::vector<NoiseLevel> &levels) {
    Json all = Json::array();
    for (const NoiseLevel &level : levels) {
        Json one = {{"deviation", level.deviation},
                    {"images", level.images},
                    {"accuracy", level.accuracy},
                    {"loss", level.loss}};
        if (level.samples > 0) {
            one["sampled"] = {{"samples", level.samples},
                              {"accuracy", level.sampled_accuracy},
                              {"accuracy_error", level.accuracy_error},
                              {"loss", level.sampled_loss},
                              {"loss_error", level.loss_error}};
        }
        all.push_back(one);
    }
    return all;
}

void print_table(const std::vector<NoiseLevel> &levels) {
    if (levels.empty()) {
        return;
    }
    std::cout << "\nnoise on the input of " << levels[0].images << " images: predicted from moments";
    std::cout << (levels[0].samples > 0 ? text(", beside ", levels[0].samples, " samples") : "") << '\n'
              << "      sd   accuracy    sampled             loss, nats    sampled\n";
    for (const NoiseLevel &level : levels) {
        std::cout << moment_cell(level.deviation, 8, 4) << moment_cell(level.accuracy, 11, 4);
        if (level.samples > 0) {
            std::cout << moment_cell(level.sampled_accuracy, 11, 4) << " +- "
                      << moment_cell(level.accuracy_error, 6, 4) << moment_cell(level.loss, 13, 4)
                      << moment_cell(level.sampled_loss, 11, 4) << " +- "
                      << moment_cell(level.loss_error, 6, 4) << '\n';
        } else {
            std::cout << std::setw(21) << "-" << moment_cell(level.loss, 13, 4) << '\n';
        }
    }
}

Json json_of(const Model &model, const std::vector<PassedLayer> &passed) {
    Json layers = Json::array();
    for (const PassedLayer &one : passed) {
        layers.push_back({{"layer", one.layer},
                          {"op", model.layers[one.layer].op},
                          {"units", one.moments.units()},
                          {"mean", numbers(one.moments.mean)},
                          {"deviation", numbers(one.moments.deviations())},
                          {"deterministic", one.deterministic},
                          {"dead", one.dead}});
    }
    return {{"layers", layers}};
}

void print_table(const Model &model, const std::vector<PassedLayer> &passed) {
    std::cout << "behind layer               units   mean of means   mean of sd\n";
    for (const PassedLayer &one : passed) {
        std::cout << std::left << std::setw(24) << text(one.layer, " ", model.layers[one.layer].op)
                  << std::right << std::setw(8) << one.moments.units()
                  << moment_cell(one.moments.mean.mean(), 16, 5)
                  << moment_cell(one.moments.deviations().mean(), 13, 5)
                  << flags(one.deterministic, one.dead, 0) << '\n';
    }
    const Moments &last = passed.back().moments;
    std::cout << "\nunit         mean           sd\n";
    for (Eigen::Index unit = 0; unit < std::min<Eigen::Index>(last.units(), 20); unit++) {
        std::cout << std::setw(4) << unit << moment_cell(last.mean[unit], 13, 5)
                  << moment_cell(last.deviations()[unit], 13, 5) << '\n';
    }
}

}  // namespace fsd::command_line
