// Layers, then outputs, the identity and posteriors.
#include "apps/fsdnet/teacher_report.h"

#include "runtime/formats/printable_text.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace fsd::command_line {
namespace {

using namespace fsd::analysis;
using Json = nlohmann::ordered_json;

Json as_json(const std::optional<double> &number) {
    return number ? Json(*number) : Json(nullptr);
}

Json as_json(const Matrix &matrix) {
    Json rows = Json::array();
    for (Eigen::Index row = 0; row < matrix.rows(); row++) {
        rows.push_back(std::vector<double>(matrix.row(row).begin(), matrix.row(row).end()));
    }
    return rows;
}

Json as_json(const LayerMatch &layer) {
    Json units = Json::array();
    for (const UnitMatch &unit : layer.matching.units) {
        Json one = {{"student", unit.student}, {"correlation", unit.correlation}, {"flags", Json::array()}};
        if (unit.dead) {
            one["flags"].push_back("dead");
        }
        if (unit.ambiguous) {
            one["flags"].push_back("ambiguous");
        }
        units.push_back(one);
    }
    Json result = {{"teacher_layer", layer.teacher_layer},
                   {"teacher_op", layer.teacher_op},
                   {"student_layer", layer.student_layer},
                   {"student_op", layer.student_op},
                   {"log_odds", layer.log_odds},
                   {"mean_best", as_json(layer.matching.mean)},
                   {"least_best", as_json(layer.matching.least)},
                   {"matched_share", as_json(layer.matching.share)},
                   {"threshold", layer.matching.threshold},
                   {"dead_students", layer.matching.dead_students},
                   {"teacher_without_fan_out", layer.teacher_without_fan_out}};
    if (layer.fan_out) {
        result["fan_out"] = {{"matched_units", layer.fan_out->matched_units},
                             {"matched", as_json(layer.fan_out->matched)},
                             {"unmatched_units", layer.fan_out->unmatched_units},
                             {"unmatched", as_json(layer.fan_out->unmatched)}};
    } else {
        result["fan_out"] = nullptr;
    }
    result["units"] = units;
    result["correlation"] = as_json(layer.correlations.values);
    return result;
}

Json as_json(const PosteriorStudy &study, const std::vector<std::string> &classes) {
    Json means = Json::array();
    for (Eigen::Index row = 0; row < study.classes.mean.rows(); row++) {
        const bool seen = study.classes.count[row] > 0;
        const auto numbers = study.classes.mean.row(row);
        means.push_back(
            {{"class", classes[static_cast<std::size_t>(row)]},
             {"samples", study.classes.count[row]},
             {"mean", seen ? Json(std::vector<double>(numbers.begin(), numbers.end())) : Json()}});
    }
    return {{"layer", study.layer},   {"variables", study.variables},
            {"states", study.states}, {"factorization_index", as_json(study.factorization)},
            {"pairs", study.pairs},   {"class_means", means}};
}

std::string cell_with_exponent(const std::optional<double> &number, int width, int digits) {
    std::ostringstream out;
    out << std::setw(width);
    if (!number) {
        out << "-";
    } else if (*number != 0 && std::abs(*number) < 1e-3) {
        out << std::scientific << std::setprecision(1) << *number;
    } else {
        out << std::fixed << std::setprecision(digits) << *number;
    }
    return out.str();
}

void print_layers(std::ostream &out, const TeacherStudy &study) {
    out << study.samples << " samples; activations behind so many layers, correlations of units\n"
        << "teacher                 student                 units    best: mean    least  matched   fan-out: "
           "matched  "
           "others\n";
    for (const LayerMatch &layer : study.layers) {
        const auto place = [&](std::size_t number, const std::string &op) {
            std::ostringstream name;
            name << number << ' ' << op;
            out << std::left << std::setw(24) << name.str() << std::right;
        };
        place(layer.teacher_layer, layer.teacher_op);
        place(layer.student_layer, layer.student_op);
        const FanOut fan = layer.fan_out.value_or(FanOut());
        out << std::setw(5) << layer.matching.units.size() << cell_with_exponent(layer.matching.mean, 14, 4)
            << cell_with_exponent(layer.matching.least, 9, 4)
            << cell_with_exponent(layer.matching.share, 9, 3) << cell_with_exponent(fan.matched, 19, 3)
            << cell_with_exponent(fan.unmatched, 8, 3) << (layer.log_odds ? "  log-odds" : "") << '\n';
    }
}

void print_outputs(std::ostream &out, const TeacherStudy &study) {
    out << "\noutputs: squared error over the teacher's variance "
        << cell_with_exponent(study.squared_error, 0, 6) << ", same largest output "
        << cell_with_exponent(study.agreement, 0, 4) << '\n';
    if (!study.identity.empty()) {
        out << "g = B_st h_t - B_ss h_s of " << study.identity_samples << " samples: largest residual "
            << cell_with_exponent(*std::max_element(study.identity.begin(), study.identity.end()), 0, 3)
            << '\n';
    }
}

// Of each class the states that it raises most, for layers of up to a few hundred states.
void print_posteriors(std::ostream &out, const TeacherStudy &study, const std::vector<std::string> &classes) {
    for (const PosteriorStudy &layer : study.posteriors) {
        out << "\nposteriors of the student's layer " << layer.layer << ": " << layer.variables
            << " variables of " << layer.states << " states; factorization index given the class "
            << cell_with_exponent(layer.factorization, 0, 4) << " nats (" << layer.pairs << " pairs)\n";
        const Eigen::RowVectorXd mean =
            layer.classes.count.transpose() * layer.classes.mean / std::max(1., layer.classes.count.sum());
        for (Eigen::Index label = 0; label < layer.classes.mean.rows(); label++) {
            if (layer.classes.count[label] == 0) {
                continue;
            }
            Eigen::Index unit = 0;
            const double rise = (layer.classes.mean.row(label) - mean).maxCoeff(&unit);
            out << std::left << std::setw(14) << printable_text(classes[static_cast<std::size_t>(label)])
                << std::right << "most raised: variable " << unit / layer.states << ", state "
                << unit % layer.states << ": " << cell_with_exponent(layer.classes.mean(label, unit), 0, 3)
                << " (" << cell_with_exponent(rise, 0, 3) << " above the mean)\n";
        }
    }
}

}  // namespace

Json json_of(const TeacherStudy &study, const std::vector<std::string> &classes) {
    Json result = {{"samples", study.samples}, {"layers", Json::array()}};
    for (const LayerMatch &layer : study.layers) {
        result["layers"].push_back(as_json(layer));
    }
    result["outputs"] = {{"squared_error", as_json(study.squared_error)},
                         {"agreement", as_json(study.agreement)}};
    result["identity"] = {{"samples", study.identity_samples}, {"residuals", study.identity}};
    result["posteriors"] = Json::array();
    for (const PosteriorStudy &layer : study.posteriors) {
        result["posteriors"].push_back(as_json(layer, classes));
    }
    result["notes"] = study.notes;
    return result;
}

std::string table_of(const TeacherStudy &study, const std::vector<std::string> &classes) {
    std::ostringstream out;
    print_layers(out, study);
    print_outputs(out, study);
    print_posteriors(out, study, classes);
    for (const std::string &sentence : study.notes) {
        out << '\n' << sentence;
    }
    out << (study.notes.empty() ? "" : "\n");
    return out.str();
}

}  // namespace fsd::command_line
