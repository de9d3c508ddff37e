// A table of Adams2019's proposals by its own weights and by the retrained ones.
#include "apps/fsdnet/retraining.h"

#include "apps/fsdnet/interruptible.h"
#include "apps/fsdnet/tuning_report.h"
#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "runtime/formats/decimal.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/model_weights.h"
#include "toolkit/tuning/report.h"
#include "toolkit/tuning/retraining.h"
#include "toolkit/tuning/retraining_log.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <iostream>

namespace fsd::command_line {
namespace {

using tuning::RetrainedShape;
using tuning::Retraining;
using Json = nlohmann::ordered_json;

class RetrainingLine {
public:
    explicit RetrainingLine(double budget) : budget_(budget) {}
    ~RetrainingLine() {
        if (shown_) {
            std::fprintf(stderr, "\n");
        }
    }
    RetrainingLine(const RetrainingLine &) = delete;
    RetrainingLine &operator=(const RetrainingLine &) = delete;

    void show(const tuning::RetrainingProgress &progress) {
        if (shows_progress()) {
            shown_ = true;
            std::fprintf(stderr, "\rretraining  %d schedules  %d rounds  %.0f of %.0f s\033[K",
                         progress.samples, progress.rounds, progress.elapsed, budget_);
            std::fflush(stderr);
        }
    }

private:
    double budget_;
    bool shown_ = false;
};

std::string microseconds(double seconds) {
    return fixed_decimal(seconds * 1e6, 1);
}

std::string table_line(const RetrainedShape &shape) {
    const std::string begin = text("| ", shape.op, " | ", tuning::shape_text(shape.op, shape.shape), " | ");
    if (shape.left_out) {
        return text(begin, "| | | left out |\n");
    }
    if (!shape.fault.empty()) {
        return text(begin, "| | | ", printable_text(shape.fault), " |\n");
    }
    return text(begin, microseconds(shape.default_seconds), " | ", microseconds(shape.own_seconds), " | ",
                microseconds(shape.retrained_seconds), " | ", fixed_decimal(shape.ratio.middle, 2), " (",
                fixed_decimal(shape.ratio.low, 2), " to ", fixed_decimal(shape.ratio.high, 2), ") |\n");
}

void print_table(const Retraining &retraining, const std::string &weights) {
    std::cout
        << "weights   " << printable_text(weights) << "\nschedules " << retraining.done.samples << " timed, "
        << retraining.wrong << " wrong, " << retraining.failed << " failed; retrained "
        << retraining.done.rounds << (retraining.done.rounds == 1 ? " time" : " times") << " on "
        << retraining.done.learned << "\n\n"
        << "| op | shape | fsdnet's schedule, us | Adams2019, us | retrained, us | retrained / Adams2019, "
           "99 % interval |\n|---|---|---|---|---|---|\n";
    double logarithms = 0;
    int count = 0;
    for (const RetrainedShape &shape : retraining.shapes) {
        std::cout << table_line(shape);
        if (shape.fault.empty() && !shape.left_out) {
            logarithms += std::log(shape.ratio.middle);
            count++;
        }
    }
    if (count > 0) {
        std::cout << "\nGeometric mean over " << tuning::number_of_shapes(static_cast<std::size_t>(count))
                  << ": retrained proposals take " << fixed_decimal(100 * std::exp(logarithms / count), 1)
                  << " % of the time of those by Adams2019's own weights.\n";
    }
}

Json json_of_retraining(const Retraining &retraining, const std::string &weights) {
    Json shapes = Json::array();
    for (const RetrainedShape &shape : retraining.shapes) {
        shapes.push_back(tuning::json_of(shape));
    }
    return {{"weights", weights},
            {"timed", retraining.done.samples},
            {"wrong", retraining.wrong},
            {"failed", retraining.failed},
            {"learned", retraining.done.learned},
            {"retrained", retraining.done.rounds},
            {"elapsed", retraining.done.elapsed},
            {"shapes", shapes}};
}

// What the budget ended, and how it is gone on with.
void note_left_out(const Retraining &retraining, double budget) {
    const auto left_out = std::count_if(retraining.shapes.begin(), retraining.shapes.end(),
                                        [](const RetrainedShape &shape) { return shape.left_out; });
    const int unlearned = retraining.done.samples - retraining.done.learned;
    if (left_out > 0 || unlearned > 0) {
        note(text("The budget of ", budget, " s ended before ", left_out, " of ",
                  tuning::number_of_shapes(retraining.shapes.size()), " could be compared",
                  unlearned > 0 ? text(" and ", unlearned, " schedules learned from") : "",
                  "; a larger --budget goes on."));
    }
}

}  // namespace

void retrain_cost_model(const TuningJob &job, const tuning::BuildTree &tree) {
    tuning::RetrainingOptions options;  // its time counts from here
    const std::vector<tuning::Subject> subjects = subjects_of(job, tree);
    if (subjects.empty() || tuning::is_device(subjects.front().family)) {
        throw Error(ExitCode::unsupported,
                    "Adams2019 schedules for CPUs; leave out --target or name a family of them.");
    }
    options.weights = job.weights.empty() ? tuning::weights_in_cache(subjects.front().family) : job.weights;
    const std::string ending = ".weights";
    if (options.weights.size() <= ending.size() ||
        options.weights.compare(options.weights.size() - ending.size(), ending.size(), ending) != 0) {
        throw Error(
            ExitCode::usage,
            text("--weights names a file whose name ends in .weights, as Halide's tools want it; found '",
                 options.weights, "'."));
    }
    options.budget = job.budget;
    options.limit = job.wanted.limit;
    options.schedules = job.candidates;
    options.stop = Interruptible::flag();
    if (job.fresh) {
        std::filesystem::remove(options.weights);
        std::filesystem::remove_all(options.weights + ".samples");
    }
    Retraining retraining;
    {
        RetrainingLine line(job.budget);
        options.progress = [&](const tuning::RetrainingProgress &progress) { line.show(progress); };
        retraining = tuning::retrain(tree, subjects, options);
    }
    if (job.json) {
        print_json(json_of_retraining(retraining, options.weights));
    } else {
        print_table(retraining, options.weights);
    }
    note_left_out(retraining, job.budget);
}

}  // namespace fsd::command_line
