// Every number in the JSON; in the table a row per layer, then the output layer.
#include "apps/fsdnet/feature_report.h"

#include "apps/fsdnet/report_numbers.h"
#include "runtime/formats/printable_text.h"

#include <iomanip>
#include <sstream>

namespace fsd::command_line {
namespace {

using namespace fsd::analysis;
using Json = nlohmann::ordered_json;
using command_line::as_json;  // which others hide
using command_line::cell;

Json as_json(const Vector &numbers) {
    Json list = Json::array();
    for (const double number : numbers) {
        list.push_back(number);
    }
    return list;
}

Json as_json(const Matrix &numbers) {
    Json rows = Json::array();
    for (Eigen::Index row = 0; row < numbers.rows(); row++) {
        rows.push_back(as_json(Vector(numbers.row(row).transpose())));
    }
    return rows;
}

Json as_json(const Band &band) {
    return {{"mean", band.mean}, {"low", band.low}, {"high", band.high}, {"draws", band.draws}};
}

Json as_json(const std::optional<Band> &band) {
    return band ? as_json(*band) : Json(nullptr);
}

Json as_json(const std::vector<Band> &bands) {
    Json list = Json::array();
    for (const Band &band : bands) {
        list.push_back(as_json(band));
    }
    return list;
}

Json as_json(const Alternation &found) {
    return {{"features", found.features},
            {"iterations", found.iterations},
            {"residual", found.residual},
            {"converged", found.converged},
            {"correlations", as_json(found.correlations)},
            {"row_features", as_json(found.row_features)},
            {"column_features", as_json(found.column_features)}};
}

Json as_json(const DiscreteFeatures &found) {
    return {{"values", found.values},
            {"classes", found.classes},
            {"information", found.information},
            {"class_entropy", found.class_entropy},
            {"local_information", found.local_information},
            {"information_null", as_json(found.information_null)},
            {"information_interval", as_json(found.information_interval)},
            {"correlations", as_json(found.correlations)},
            {"correlations_null", as_json(found.null)},
            {"correlations_interval", as_json(found.interval)},
            {"alternation", found.alternation ? as_json(*found.alternation) : Json(nullptr)},
            {"flags", found.flags}};
}

Json as_json(const ScoredFeatures &found) {
    return {{"units", found.units}, {"rank", found.rank},          {"h_score", found.h_score},
            {"bound", found.bound}, {"null", as_json(found.null)}, {"interval", as_json(found.interval)},
            {"flags", found.flags}};
}

Json as_json(const LayerFeatures &layer) {
    Json result = {{"layer", layer.layer}, {"behind", layer.behind}, {"units", layer.units}};
    if (layer.variables > 0) {
        result["variables"] = layer.variables;
        result["states"] = layer.states;
        result["best_variable"] = layer.variable;
        result["mean_information"] = as_json(layer.mean_information);
        result["input_information"] = as_json(layer.input_information);
    }
    result["discrete"] = layer.discrete ? as_json(*layer.discrete) : Json(nullptr);
    result["scored"] = layer.scored ? as_json(*layer.scored) : Json(nullptr);
    result["flags"] = layer.flags;
    return result;
}

Json as_json(const OutputProjection &output) {
    return {{"layer", output.layer},
            {"features", output.features},
            {"rank", output.rank},
            {"cosine", as_json(output.match.cosine)},
            {"relative_error", as_json(output.match.relative_error)},
            {"h_score", output.h_score},
            {"trained_h_score", output.trained_h_score},
            {"class_entropy", output.class_entropy},
            {"cross_entropy", output.cross_entropy},
            {"entropy_drop", output.entropy_drop()},
            {"accuracy", output.accuracy},
            {"matched_accuracy", output.matched_accuracy}};
}

void print_flags(std::ostream &out, const LayerFeatures &layer) {
    const auto print = [&](const std::vector<std::string> &flags) {
        for (const std::string &flag : flags) {
            out << ' ' << flag;
        }
    };
    print(layer.flags);
    if (layer.discrete) {
        print(layer.discrete->flags);
    }
    if (layer.scored) {
        print(layer.scored->flags);
    }
}

void print_layer(std::ostream &out, const LayerFeatures &layer) {
    const auto &discrete = layer.discrete;
    const auto &scored = layer.scored;
    const auto first = [](const std::vector<Band> &bands) {
        return bands.empty() ? std::nullopt : std::optional<double>(bands.front().high);
    };
    using Number = std::optional<double>;
    out << std::setw(5) << layer.layer << ' ' << std::left << std::setw(20) << printable_text(layer.behind)
        << std::right << std::setw(6) << layer.units << std::setw(7)
        << (layer.variables > 0 ? std::to_string(layer.variables) : "-") << std::setw(7)
        << (discrete ? std::to_string(discrete->values) : "-")
        << cell(discrete ? Number(discrete->information) : std::nullopt, 9, 4)
        << cell(discrete && discrete->information_null ? Number(discrete->information_null->high)
                                                       : std::nullopt,
                9, 4)
        << cell(layer.mean_information, 9, 4) << cell(layer.input_information, 9, 4)
        << cell(discrete && discrete->correlations.size() > 0 ? Number(discrete->correlations[0])
                                                              : std::nullopt,
                8, 4)
        << cell(discrete ? first(discrete->null) : std::nullopt, 8, 4)
        << cell(scored ? Number(scored->h_score) : std::nullopt, 9, 4)
        << cell(scored && scored->null ? Number(scored->null->high) : std::nullopt, 9, 4)
        << cell(scored ? Number(scored->bound) : std::nullopt, 7, 1) << ' ';
    print_flags(out, layer);
    out << '\n';
}

void print_modes(std::ostream &out, const LayerFeatures &layer) {
    if (!layer.discrete) {
        return;
    }
    const DiscreteFeatures &found = *layer.discrete;
    out << "\nsingular values of B" << (layer.behind.empty() ? "" : ", layer " + std::to_string(layer.layer))
        << ", with the 97.5 % of chance:";
    for (Eigen::Index i = 0; i < found.correlations.size(); i++) {
        out << ' ' << cell(found.correlations[i], 0, 4);
        if (static_cast<std::size_t>(i) < found.null.size()) {
            out << " (" << cell(found.null[static_cast<std::size_t>(i)].high, 0, 4) << ')';
        }
    }
    out << "\nhalf the sum of their squares " << cell(found.local_information, 0, 4) << ", I "
        << cell(found.information, 0, 4) << ", H(Y) " << cell(found.class_entropy, 0, 4) << " nats\n";
    if (found.alternation) {
        out << "alternating conditional expectations: " << found.alternation->features << " features in "
            << found.alternation->iterations << " iterations, residual " << found.alternation->residual
            << (found.alternation->converged ? "" : ", not converged") << '\n';
    }
}

void print_output(std::ostream &out, const OutputProjection &output) {
    using Number = std::optional<double>;
    out << "\noutput layer " << output.layer << ", " << output.features << " features of rank " << output.rank
        << ": cosine of its weights with the matched projection " << cell(output.match.cosine, 0, 4)
        << ", relative error "
        << cell(output.match.relative_error ? Number(100 * *output.match.relative_error) : std::nullopt, 0, 1)
        << " %\nH(f) " << cell(output.h_score, 0, 4) << ", H(f, weights) "
        << cell(output.trained_h_score, 0, 4) << ", H(Y) - cross entropy "
        << cell(output.entropy_drop(), 0, 4) << " nats\naccuracy " << cell(output.accuracy, 0, 4)
        << ", of p(y) (1 + f g*) " << cell(output.matched_accuracy, 0, 4) << '\n';
}

// Where one layer was asked for, that one; else the last one that has a discrete variable.
const LayerFeatures *last_discrete(const std::vector<LayerFeatures> &layers) {
    const LayerFeatures *found = nullptr;
    for (const LayerFeatures &layer : layers) {
        found = layer.discrete ? &layer : found;
    }
    return found;
}

}  // namespace

Json json_of(const FeatureReport &report) {
    Json result = {{"source", report.source},
                   {"samples", report.samples > 0 ? Json(report.samples) : Json(nullptr)},
                   {"layers", Json::array()}};
    for (const LayerFeatures &layer : report.layers) {
        result["layers"].push_back(as_json(layer));
    }
    result["output"] = report.output ? as_json(*report.output) : Json(nullptr);
    return result;
}

std::string table_of(const FeatureReport &report) {
    std::ostringstream out;
    out << printable_text(report.source);
    if (report.samples > 0) {
        out << ", " << report.samples << " samples";
    }
    out << "\nnats; variables: distributions of states, one per position and group, the one that tells most "
           "of the class Y "
           "is H; of\nother layers H is a code of all numbers. chance: 97.5 % of labels in random order.\n\n"
        << "layer behind               units  vars. values   I(H;Y)   chance mean(HY) mean(XH) sigma 1  "
           "chance     H(f) "
           "  chance  bound  flags\n";
    for (const LayerFeatures &layer : report.layers) {
        print_layer(out, layer);
    }
    if (const LayerFeatures *layer = last_discrete(report.layers)) {
        print_modes(out, *layer);
    }
    if (report.output) {
        print_output(out, *report.output);
    }
    return out.str();
}

}  // namespace fsd::command_line
