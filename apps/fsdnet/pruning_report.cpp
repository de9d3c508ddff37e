// Layers with their states, then accuracies in the order of the work.
#include "apps/fsdnet/pruning_report.h"

#include "apps/fsdnet/report_numbers.h"
#include "apps/fsdnet/usefulness_report.h"
#include "runtime/formats/printable_text.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;
using command_line::cell;  // which others hide

const std::string &name_of(const PruningOutcome &outcome, const PrunedLayer &layer) {
    return outcome.original.layers[layer.usefulness.layer].name;
}

Json removed_from(const PrunedLayer &layer) {
    Json groups = Json::array();
    for (std::size_t group = 0; group < layer.kept.size(); group++) {
        Json removed = Json::array();
        const auto states = static_cast<int>(layer.usefulness.groups[group].states.size());
        for (int state = 0; state < states; state++) {
            if (!std::binary_search(layer.kept[group].begin(), layer.kept[group].end(), state)) {
                removed.push_back(state);
            }
        }
        groups.push_back(removed);
    }
    return groups;
}

Json json_of(const Evaluation &found) {
    return {{"accuracy", found.accuracy}, {"nll", found.nll}, {"ece", found.ece}};
}

Json json_of(const PruningCost &cost) {
    return {{"images", cost.original.images},
            {"original", json_of(cost.original)},
            {"pruned", json_of(cost.pruned)},
            {"fine_tuned", cost.tuned ? json_of(*cost.tuned) : Json(nullptr)}};
}

void add_row(std::ostringstream &out, const char *name, const Evaluation &held_out, const Evaluation *test) {
    out << std::left << std::setw(12) << name << std::right << cell(100 * held_out.accuracy, 12, 2) << " %"
        << cell(held_out.nll, 12, 4);
    if (test) {
        out << cell(100 * test->accuracy, 12, 2) << " %" << cell(test->nll, 12, 4);
    }
    out << '\n';
}

void add_costs(std::ostringstream &out, const PruningOutcome &outcome) {
    const PruningCost &cost = outcome.cost;
    const PruningCost *const test = outcome.test ? &*outcome.test : nullptr;
    out << "\nnetwork         accuracy  NLL, nats" << (test ? "      accuracy  NLL, nats" : "") << "   of "
        << outcome.measured << (outcome.held_out ? " held-out samples" : " training samples");
    if (test) {
        out << " and " << test->original.images << " test samples";
    }
    out << '\n';
    add_row(out, "original", cost.original, test ? &test->original : nullptr);
    add_row(out, "pruned", cost.pruned, test ? &test->pruned : nullptr);
    if (cost.tuned) {
        add_row(out, "fine-tuned", *cost.tuned, test ? &*test->tuned : nullptr);
    }
}

}  // namespace

Json json_of(const PruningJob &job, const PruningOutcome &outcome) {
    Json layers = Json::array();
    for (const PrunedLayer &layer : outcome.layers) {
        layers.push_back({{"layer", layer.usefulness.layer},
                          {"name", name_of(outcome, layer)},
                          {"states_before", layer.usefulness.groups.front().states.size()},
                          {"states", layer.kept.front().size()},
                          {"removed", removed_from(layer)},
                          {"usefulness", json_of(layer.usefulness)}});
    }
    return {{"model", job.model},
            {"output", job.output},
            {"parameters_before", outcome.original.parameter_count()},
            {"parameters", outcome.model.parameter_count()},
            {"layers", layers},
            {"fine_tuning_epochs", job.recipe.epochs},
            {"held_out", outcome.held_out},
            {"measured", json_of(outcome.cost)},
            {"test", outcome.test ? json_of(*outcome.test) : Json(nullptr)}};
}

std::string table_of(const PruningJob &job, const PruningOutcome &outcome) {
    std::ostringstream out;
    out << "pruned " << printable_text(job.output) << ": " << outcome.model.parameter_count() << " of "
        << outcome.original.parameter_count() << " parameters; information in nats\n";
    for (const PrunedLayer &layer : outcome.layers) {
        out << table_of(layer.usefulness, name_of(outcome, layer), &layer.kept);
    }
    add_costs(out, outcome);
    return out.str();
}

}  // namespace fsd::command_line
