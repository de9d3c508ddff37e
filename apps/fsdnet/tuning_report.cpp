// Text and JSON of outcomes.
#include "apps/fsdnet/tuning_report.h"

#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "runtime/formats/decimal.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/tuning/journal_json.h"
#include "toolkit/tuning/report.h"

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const TuningOutcome &outcome) {
    const tuning::Record &record = outcome.record;
    const tuning::Summary summary = tuning::summary_of({record});
    return {{"op", record.subject.op},
            {"target", record.subject.family},
            {"cpu", record.subject.cpu},
            {"digest", record.subject.digest},
            {"parameters", record.parameters},
            {"tuned", tuning::json_of(record.tuned)},
            {"gain", summary.gain},
            {"over_best_autoscheduler", summary.over_autoschedulers},
            {"shapes", record.subject.shapes},
            {"timed", count_of(outcome.entries, "timed")},
            {"wrong", count_of(outcome.entries, "wrong")},
            {"failed", count_of(outcome.entries, "failed")},
            {"log", outcome.log},
            {"picture", outcome.picture},
            {"recorded", outcome.recorded}};
}

void print_text(const TuningOutcome &outcome) {
    const tuning::Record &record = outcome.record;
    const tuning::Summary summary = tuning::summary_of({record});
    std::cout << record.subject.op << ", " << record.subject.family << ": "
              << tuning::Candidate{record.parameters, ""}.name();
    if (!record.parameters.empty()) {
        std::cout << ", " << percent(record.tuned);
    }
    std::cout << "\n  candidates: " << count_of(outcome.entries, "timed") << " timed, "
              << count_of(outcome.entries, "wrong") << " wrong, " << count_of(outcome.entries, "failed")
              << " failed; log " << printable_text(outcome.log) << ", picture "
              << printable_text(outcome.picture) << '\n';
    if (summary.over_autoschedulers > 0) {
        char line[96];
        std::snprintf(line, sizeof line, "  %.1f times as fast as the best autoscheduler (geometric mean)\n",
                      summary.over_autoschedulers);
        std::cout << line;
    }
}

}  // namespace

int count_of(const std::vector<tuning::JournalEntry> &entries, const std::string &verdict) {
    return static_cast<int>(
        std::count_if(entries.begin(), entries.end(), [&](const tuning::JournalEntry &entry) {
            return !entry.final && entry.verdict == verdict;
        }));
}

std::string percent(const tuning::Ratio &ratio, const std::string &whose) {
    const auto number = [](double part) { return fixed_decimal(100 * part, 1); };
    return text(number(ratio.middle), " % of ", whose, " time (", number(ratio.low), " to ",
                number(ratio.high), ")");
}

TuningProgressLine::TuningProgressLine(std::string op, double budget) : op_(std::move(op)), budget_(budget) {}

TuningProgressLine::~TuningProgressLine() {
    if (shown_) {
        std::fprintf(stderr, "\n");
    }
}

void TuningProgressLine::show(const tuning::TuningProgress &progress) {
    if (!shows_progress()) {
        return;
    }
    shown_ = true;
    std::fprintf(stderr,
                 "\r%s  %d of %.0f candidates  best %.3f of the default's time: %s  %.0f of %.0f s\033[K",
                 op_.c_str(), progress.tried, progress.size, progress.ratio, progress.best.c_str(),
                 progress.elapsed, budget_);
    std::fflush(stderr);
}

void print_outcomes(const std::vector<TuningOutcome> &outcomes, bool json) {
    Json all = Json::array();
    std::vector<tuning::Record> records;
    for (const TuningOutcome &outcome : outcomes) {
        records.push_back(outcome.record);
        all.push_back(json_of(outcome));
        if (!json) {
            print_text(outcome);
        }
    }
    if (json) {
        print_json(all);
        return;
    }
    std::cout << '\n' << tuning::markdown_table(records);
    if (std::any_of(outcomes.begin(), outcomes.end(),
                    [](const TuningOutcome &outcome) { return outcome.recorded; })) {
        note("The records in schedules/tuned/ are applied when the kernels are built the next time.");
    }
}

void print_replay(const tuning::Subject &subject, const tuning::JournalEntry &entry, bool json) {
    if (json) {
        print_json({{"op", subject.op},
                    {"target", subject.family},
                    {"holds", entry.kept},
                    {"entry", tuning::json_of(entry)}});
        return;
    }
    std::cout << subject.op << ", " << subject.family << ": " << entry.candidate.name() << ", "
              << (entry.verdict == "timed" ? percent(entry.comparison.all)
                                           : printable_text(entry.verdict + ": " + entry.sentence))
              << '\n';
}

}  // namespace fsd::command_line
