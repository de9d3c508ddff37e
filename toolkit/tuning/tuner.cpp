// Autoschedulers first, then the search, then the decision.
#include "toolkit/tuning/tuner.h"

#include "runtime/error.h"
#include "toolkit/tuning/judge.h"
#include "toolkit/tuning/search.h"

#include <algorithm>

namespace fsd::tuning {
namespace {

Judge judge_of_template(const BuildTree &tree, const Subject &subject, const TuningOptions &options) {
    Judge judge(tree, subject, options);
    if (judge.parameters().empty()) {
        throw Error(ExitCode::unsupported, text("The schedule of ", subject.op,
                                                " has no parameters; docs/tuning.md lists those that do."));
    }
    return judge;
}

bool holds(const Journal &journal, const Candidate &candidate, int shape, bool final) {
    return std::any_of(journal.entries().begin(), journal.entries().end(), [&](const JournalEntry &entry) {
        return entry.candidate == candidate && entry.shape == shape && entry.final == final;
    });
}

bool is_search(const JournalEntry &entry) {
    return entry.candidate.autoscheduler.empty() && !entry.final;
}

int tried(const Journal &journal) {
    return static_cast<int>(std::count_if(journal.entries().begin(), journal.entries().end(), is_search));
}

void report(const TuningOptions &options, const Journal &journal, const Search &search) {
    if (!options.progress) {
        return;
    }
    TuningProgress progress;
    progress.best = search.best().name();
    progress.size = search.size();
    progress.elapsed = journal.elapsed();
    progress.latest = journal.entries().empty() ? nullptr : &journal.entries().back();
    progress.tried = tried(journal);
    for (const JournalEntry &entry : journal.entries()) {
        progress.ratio *= is_search(entry) && entry.kept ? entry.comparison.all.middle : 1;
    }
    options.progress(progress);
}

void try_autoschedulers(const Judge &judge, const Subject &subject, const Search &search, Journal &journal,
                        const TuningOptions &options) {
    for (const std::string &name : options.autoschedulers) {
        for (int shape = 0; shape < static_cast<int>(subject.shapes.size()); shape++) {
            const Candidate candidate{{}, name};
            if (journal.elapsed() < options.budget && !holds(journal, candidate, shape, false)) {
                journal.append(judge(candidate, {}, shape, false));
                report(options, journal, search);
            }
        }
    }
}

// The candidates that were the best one in turn, the last one first; the defaults at the end.
std::vector<Candidate> kept_in_turn(const Journal &journal) {
    std::vector<Candidate> kept{{}};
    for (const JournalEntry &entry : journal.entries()) {
        if (is_search(entry) && entry.kept) {
            kept.push_back(entry.candidate);
        }
    }
    std::reverse(kept.begin(), kept.end());
    return kept;
}

// Each step of the search compared with the step before; the decision compares with the defaults, on fresh
// timings.
JournalEntry decide(const Judge &judge, Journal &journal) {
    for (const Candidate &candidate : kept_in_turn(journal)) {
        JournalEntry entry = judge(candidate, {}, -1, true);
        entry.kept = entry.kept || candidate.parameters.empty();
        journal.append(entry);
        if (entry.verdict != "timed" && candidate.parameters.empty()) {
            throw Error(ExitCode::check_failed,
                        text("The schedule with its defaults fails. ", entry.sentence));
        }
        if (entry.kept) {
            return entry;
        }
    }
    throw Error(ExitCode::internal, "The decision left out the defaults.");
}

Record record_of(const Subject &subject, const Journal &journal, const JournalEntry &decision) {
    Record record{subject, decision.candidate.parameters, {}, {}};
    const bool tuned = !record.parameters.empty();
    record.tuned = tuned ? decision.comparison.all : Ratio{};
    for (std::size_t i = 0; i < subject.shapes.size(); i++) {
        record.shapes.push_back({subject.shapes[i],
                                 decision.best_seconds[i],
                                 tuned ? decision.comparison.shapes[i] : Ratio{},
                                 {}});
    }
    for (const JournalEntry &entry : journal.entries()) {
        if (entry.shape >= 0 && !entry.candidate.autoscheduler.empty()) {
            record.shapes[static_cast<std::size_t>(entry.shape)]
                .autoschedulers[entry.candidate.autoscheduler] =
                entry.verdict == "timed" ? std::optional<double>(entry.comparison.all.middle) : std::nullopt;
        }
    }
    return record;
}

}  // namespace

Record tune(const BuildTree &tree, const Subject &subject, Journal &journal, const TuningOptions &options) {
    const Judge judge = judge_of_template(tree, subject, options);
    Search search(judge.parameters());
    for (const JournalEntry &entry : journal.entries()) {
        if (is_search(entry)) {
            search.next();  // what the search proposed when the line was written
            search.tried(entry.candidate, entry.kept);
        }
    }
    try_autoschedulers(judge, subject, search, journal, options);
    // Whatever the budget: a search that tried nothing would decide for the defaults unseen.
    while ((journal.elapsed() < options.budget || tried(journal) == 0) &&
           tried(journal) < options.candidates) {
        const std::optional<Candidate> candidate = search.next();
        if (!candidate) {
            break;
        }
        journal.append(judge(*candidate, search.best(), -1, false));
        search.tried(*candidate, journal.entries().back().kept);
        report(options, journal, search);
    }
    return record_of(subject, journal, decide(judge, journal));
}

Candidate decided(const Journal &journal) {
    Candidate best;
    for (const JournalEntry &entry : journal.entries()) {
        best = entry.final && entry.kept ? entry.candidate : best;
    }
    return best;
}

namespace {

// A log may name parameters that the schedule does not have, or not any more.
void require_parameters(const Judge &judge, const Candidate &candidate, const std::string &op) {
    for (const auto &[name, value] : candidate.parameters) {
        const auto &known = judge.parameters();
        if (std::none_of(known.begin(), known.end(), [&name = name](const ParameterChoices &parameter) {
                return parameter.name == name;
            })) {
            throw Error(ExitCode::bad_input, text("The log decides about '", name, "', and the schedule of ",
                                                  op, " has no such parameter; nothing was measured."));
        }
    }
}

}  // namespace

JournalEntry measure_again(const BuildTree &tree, const Subject &subject, const Journal &journal,
                           const TuningOptions &options) {
    const Judge judge = judge_of_template(tree, subject, options);
    const Candidate decision = decided(journal);
    require_parameters(judge, decision, subject.op);
    return judge(decision, {}, -1, true);
}

}  // namespace fsd::tuning
