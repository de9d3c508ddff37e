// One structure, the JSON; the text is written from it.
#include "apps/fsdnet/training_report.h"

#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/verb.h"
#include "runtime/formats/output_file.h"
#include "runtime/formats/printable_text.h"
#include "runtime/threads.h"
#include "toolkit/jobs/training_log.h"
#include "toolkit/pictures/plot.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;

// As printf would have it; at most 255 bytes.
template<typename... Values>
std::string formatted(const char *format, const Values &...values) {
    std::array<char, 256> out{};
    std::snprintf(out.data(), out.size(), format, values...);
    return out.data();
}

Json metrics_of(const Evaluation &evaluation) {
    return {{"accuracy", evaluation.accuracy},
            {"nll", evaluation.nll},
            {"ece", evaluation.ece},
            {"images", evaluation.images}};
}

Json json_of(const Calibration &calibration) {
    return {{"images", calibration.before.images},
            {"observations_before", calibration.trained},
            {"observations_after", calibration.calibrated},
            {"ece_before", calibration.before.ece},
            {"ece_after", calibration.after.ece},
            {"nll_before", calibration.before.nll},
            {"nll_after", calibration.after.nll}};
}

Json epochs_of(const TrainingOutcome &outcome) {
    Json epochs = Json::array();
    for (const EpochRecord &record : outcome.trainer.history()) {
        epochs.push_back({{"loss", record.loss}});
        if (outcome.trainer.has_classes()) {
            epochs.back()["accuracy"] = record.accuracy;
        }
        if (record.held_out_loss) {
            epochs.back()["held_out_loss"] = *record.held_out_loss;
        }
    }
    // A resumed run evaluates only the epochs that it ends itself.
    const std::size_t first = epochs.size() - outcome.run.evaluations.size();
    for (std::size_t i = 0; i < outcome.run.evaluations.size(); i++) {
        epochs[first + i]["test"] = metrics_of(outcome.run.evaluations[i]);
    }
    return epochs;
}

Json profile_of(const std::map<std::string, Tape::Timing> &timings) {
    Json profile;
    for (const auto &[name, timing] : timings) {
        profile[name] = {{"seconds", timing.total}, {"at_best", timing.fastest}};
    }
    return profile;
}

double least(const std::vector<double> &numbers) {
    return *std::min_element(numbers.begin(), numbers.end());
}

Json json_of(const TrainingJob &job, const TrainingOutcome &outcome) {
    Json out;
    out["model"] = job.output;
    out["command"] = outcome.model.notes.at("command");
    out["data"] = outcome.dataset.source;
    out["images"] = outcome.dataset.count() - outcome.trainer.holdout().size();
    out["parameters"] = outcome.model.parameter_count();
    out["device"] = job.recipe.device;
    out["threads"] = threads();
    if (outcome.trainer.options().parts > 1) {
        out["parts"] = outcome.trainer.options().parts;
        out["processes"] = job.processes().size();
    }
    out["epochs"] = epochs_of(outcome);
    if (job.recipe.patience > 0 && outcome.trainer.best_epoch() > 0) {
        out["best_epoch"] = outcome.trainer.best_epoch();
    }
    if (!outcome.run.seconds.empty()) {
        out["seconds_per_epoch"] = least(outcome.run.seconds);
        out["processor_seconds_per_epoch"] = least(outcome.run.processor_seconds);
    }
    if (outcome.calibration) {
        out["calibration"] = json_of(*outcome.calibration);
    }
    if (outcome.model.novelty) {
        out["novelty_images"] = outcome.model.novelty->images();
    }
    if (outcome.test) {
        Network network(outcome.model, job.network_options());
        out["test"] = metrics_of(evaluate(network, *outcome.test));
    }
    if (job.profile) {
        out["profile"] = profile_of(outcome.trainer.timings());
    }
    return out;
}

// Slowest first. The second column takes each run for as long as the fastest one, which other programs on the
// machine disturb less.
void print_profile(const std::map<std::string, Tape::Timing> &timings) {
    std::vector<std::pair<std::string, Tape::Timing>> sorted(timings.begin(), timings.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const auto &a, const auto &b) { return a.second.total > b.second.total; });
    std::cout << formatted("  %-44s %10s %10s\n", "", "seconds", "at best");
    for (const auto &[name, timing] : sorted) {
        std::cout << formatted("  %-44s %10.3f %10.3f\n", name.c_str(), timing.total, timing.fastest);
    }
}

void print_text(const TrainingJob &job, const TrainingOutcome &outcome, const Json &json) {
    std::cout << "trained " << printable_text(job.output) << ": " << outcome.model.parameter_count()
              << " parameters, " << json["images"].get<std::size_t>() << " images, " << json["epochs"].size()
              << " epochs";
    if (json.contains("seconds_per_epoch")) {
        std::cout << formatted(", best epoch %.2f s on %d threads", json["seconds_per_epoch"].get<double>(),
                               threads());
    }
    std::cout << '\n';
    if (json.contains("best_epoch")) {
        const int best = outcome.trainer.best_epoch();
        std::cout << formatted(
            "the weights are those behind epoch %d, with the smallest held-out loss, %.4f\n", best,
            *outcome.trainer.history()[best - 1].held_out_loss);
    }
    if (outcome.calibration) {
        const Calibration &calibration = *outcome.calibration;
        std::cout << formatted(
            "calibrated on %d held-out images: observations x %.3f, ECE %.4f -> %.4f, NLL %.4f -> %.4f nats "
            "(after: cross-validated)\n",
            calibration.before.images, calibration.factor(), calibration.before.ece, calibration.after.ece,
            calibration.before.nll, calibration.after.nll);
    } else if (outcome.holdout > 0) {
        std::cout << "not calibrated: the last layer has no number of observations\n";
    } else {
        std::cout << "not calibrated: no images were held out\n";
    }
    if (outcome.model.novelty) {
        std::cout << formatted("novelty fitted to the held-out images, p-values from %d of them\n",
                               outcome.model.novelty->images());
    }
    if (json.contains("test")) {
        std::cout << formatted("test images: accuracy %.2f %%, NLL %.4f nats, ECE %.4f\n",
                               100 * json["test"]["accuracy"].get<double>(),
                               json["test"]["nll"].get<double>(), json["test"]["ece"].get<double>());
    }
    if (job.profile) {
        print_profile(outcome.trainer.timings());
    }
}

void add_point(Marks &series, std::size_t epoch, double value) {
    series.x.push_back(static_cast<double>(epoch + 1));
    series.y.push_back(value);
}

std::vector<Plot> charts_of(const FinishedRun &run, bool tested) {
    const auto named = [](const std::string &name) { return Marks{name, Mark::line, {}, {}}; };
    Marks loss = named("training"), accuracy = named("training"), test_loss = named("test"),
          held_out_loss = named("held out"), test_accuracy = named("test");
    const std::vector<EpochRecord> &history = run.trainer.history();
    for (std::size_t epoch = 0; epoch < history.size(); epoch++) {
        add_point(loss, epoch, history[epoch].loss);
        add_point(accuracy, epoch, 100 * history[epoch].accuracy);
        if (history[epoch].held_out_loss) {
            add_point(held_out_loss, epoch, *history[epoch].held_out_loss);
        }
    }
    const std::vector<Evaluation> &tests = run.run.evaluations;
    const std::size_t first = history.size() - tests.size();
    for (std::size_t i = 0; i < tests.size(); i++) {
        add_point(test_loss, first + i, tests[i].nll);
        add_point(test_accuracy, first + i, 100 * tests[i].accuracy);
    }
    const std::string which = run.name.empty()         ? ""
                              : run.name == "hold-out" ? ", some samples held out"
                                                       : ", again on all samples";
    std::vector<Plot> charts = {
        {"Loss" + which, "epoch", "nats", {loss}, false, Scale::whole},
        {"Accuracy" + which, "epoch", "%", {accuracy}, false, Scale::whole, Scale::percent}};
    if (!held_out_loss.x.empty()) {
        charts[0].marks.push_back(held_out_loss);
    }
    if (tested) {
        charts[0].marks.push_back(test_loss);
        charts[1].marks.push_back(test_accuracy);
    }
    return charts;
}

Canvas curves_of(const TrainingOutcome &outcome) {
    std::vector<Plot> charts;
    for (const FinishedRun &run : outcome.runs) {
        const std::vector<Plot> more = charts_of(run, outcome.test != nullptr);
        charts.insert(charts.end(), more.begin(), more.end());
    }
    return plots_picture(charts);
}

}  // namespace

void report(const TrainingJob &job, const TrainingOutcome &outcome, const TrainingReport &wanted) {
    if (!wanted.curves.empty()) {
        save_picture(wanted.curves, curves_of(outcome));
    }
    if (!wanted.log.empty()) {
        write_file(wanted.log, training_log_csv(outcome));
    }
    const Json json = json_of(job, outcome);
    if (wanted.json) {
        print_json(json);
    } else {
        print_text(job, outcome, json);
    }
}

}  // namespace fsd::command_line
