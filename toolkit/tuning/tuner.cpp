// Autoschedulers first, then the search, then the decision.
#include "toolkit/tuning/tuner.h"

#include "runtime/error.h"
#include "toolkit/system/clock.h"
#include "toolkit/tuning/compile.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/measurement.h"
#include "toolkit/tuning/search.h"

#include <algorithm>

namespace fsd::tuning {
namespace {

const char *word_for(Verdict verdict) {
    return verdict == Verdict::timed ? "timed" : verdict == Verdict::wrong ? "wrong" : "failed";
}

// With one thread nothing is gained by parts.
bool is_grain(const ParameterChoices &parameter) {
    const std::string ending = "_per_task";
    return parameter.name.size() > ending.size() &&
           parameter.name.compare(parameter.name.size() - ending.size(), ending.size(), ending) == 0;
}

class Tuner {
public:
    Tuner(const BuildTree &tree, const Subject &subject, const TuningOptions &options)
        : tree_(tree),
          subject_(subject),
          options_(options),
          compiler_(tree, subject.op, subject.family, options.limit, options.stop),
          parameters_(compiler_.parameters()) {
        if (subject.threads == 1) {
            parameters_.erase(std::remove_if(parameters_.begin(), parameters_.end(), is_grain),
                              parameters_.end());
        }
        if (parameters_.empty()) {
            throw Error(ExitCode::unsupported,
                        text("The schedule of ", subject.op,
                             " has no parameters; docs/tuning.md lists those that do."));
        }
    }

    const std::vector<ParameterChoices> &parameters() const { return parameters_; }

    // Against the defaults where `final` or where the candidate is an autoscheduler's.
    JournalEntry judge(const Candidate &candidate, const Candidate &best, int shape, bool final) const {
        const double start = seconds_now();
        JournalEntry entry;
        entry.candidate = candidate;
        entry.shape = shape;
        entry.final = final;
        entry.against = best.name();
        entry.verdict = "failed";
        const Compiled reference = compiled(best, -1), compiled_candidate = compiled(candidate, shape);
        if (!reference.fault.empty()) {
            throw Error(ExitCode::unsupported, text(best.name(), " cannot be compiled: ", reference.fault));
        }
        entry.sentence = compiled_candidate.fault;
        if (entry.sentence.empty()) {
            time(entry, job(reference, compiled_candidate, shape, final));
        }
        entry.kept = entry.comparison.better && candidate.autoscheduler.empty();
        entry.elapsed = seconds_now() - start;
        return entry;
    }

private:
    Compiled compiled(const Candidate &candidate, int shape) const {
        const auto known = compiled_.find({candidate.name(), shape});
        if (known != compiled_.end()) {
            return known->second;
        }
        const Extents &extents = subject_.shapes[static_cast<std::size_t>(std::max(shape, 0))];
        const Compiled result = compiler_.compile(candidate, extents);
        stop_if(result.stopped);
        return compiled_[{candidate.name(), shape}] = result;
    }

    MeasurementJob job(const Compiled &best, const Compiled &candidate, int shape, bool final) const {
        MeasurementJob job{subject_.op,     best.object, candidate.object,
                           subject_.shapes, true,        subject_.threads};
        job.pairs = options_.pairs * (final ? 3 : 1);
        job.device = is_device(subject_.family) ? subject_.family : "";
        if (shape >= 0) {
            job.shapes = {subject_.shapes[static_cast<std::size_t>(shape)]};
            job.any_shape = false;
        }
        return job;
    }

    void time(JournalEntry &entry, const MeasurementJob &job) const {
        const Measurement measured =
            measure(tree_, job, options_.limit, tree_.work_folder(subject_.op), options_.stop);
        stop_if(measured.verdict == Verdict::stopped);
        entry.verdict = word_for(measured.verdict);
        entry.sentence = measured.sentence;
        entry.checked = measured.checked;
        if (measured.verdict == Verdict::timed) {
            entry.comparison = compare(measured.shapes);
            for (const Timings &timings : measured.shapes) {
                entry.best_seconds.push_back(median(timings.best));
                entry.seconds.push_back(median(timings.candidate));
            }
        }
    }

    static void stop_if(bool stopped) {
        if (stopped) {
            throw Error(ExitCode::check_failed, "Interrupted; the same command goes on where it stopped.");
        }
    }

    const BuildTree &tree_;
    const Subject &subject_;
    const TuningOptions &options_;
    Compiler compiler_;
    std::vector<ParameterChoices> parameters_;
    mutable std::map<std::pair<std::string, int>, Compiled> compiled_;
};

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

void try_autoschedulers(const Tuner &tuner, const Subject &subject, const Search &search, Journal &journal,
                        const TuningOptions &options) {
    for (const std::string &name : options.autoschedulers) {
        for (int shape = 0; shape < static_cast<int>(subject.shapes.size()); shape++) {
            const Candidate candidate{{}, name};
            if (journal.elapsed() < options.budget && !holds(journal, candidate, shape, false)) {
                journal.append(tuner.judge(candidate, {}, shape, false));
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
JournalEntry decide(const Tuner &tuner, Journal &journal) {
    for (const Candidate &candidate : kept_in_turn(journal)) {
        JournalEntry entry = tuner.judge(candidate, {}, -1, true);
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
        if (entry.shape >= 0) {
            record.shapes[static_cast<std::size_t>(entry.shape)]
                .autoschedulers[entry.candidate.autoscheduler] =
                entry.verdict == "timed" ? std::optional<double>(entry.comparison.all.middle) : std::nullopt;
        }
    }
    return record;
}

}  // namespace

Record tune(const BuildTree &tree, const Subject &subject, Journal &journal, const TuningOptions &options) {
    const Tuner tuner(tree, subject, options);
    Search search(tuner.parameters());
    for (const JournalEntry &entry : journal.entries()) {
        if (is_search(entry)) {
            search.next();  // what the search proposed when the line was written
            search.tried(entry.candidate, entry.kept);
        }
    }
    try_autoschedulers(tuner, subject, search, journal, options);
    while (journal.elapsed() < options.budget && tried(journal) < options.candidates) {
        const std::optional<Candidate> candidate = search.next();
        if (!candidate) {
            break;
        }
        journal.append(tuner.judge(*candidate, search.best(), -1, false));
        search.tried(*candidate, journal.entries().back().kept);
        report(options, journal, search);
    }
    return record_of(subject, journal, decide(tuner, journal));
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
void require_parameters(const Tuner &tuner, const Candidate &candidate, const std::string &op) {
    for (const auto &[name, value] : candidate.parameters) {
        const auto &known = tuner.parameters();
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
    const Tuner tuner(tree, subject, options);
    const Candidate decision = decided(journal);
    require_parameters(tuner, decision, subject.op);
    return tuner.judge(decision, {}, -1, true);
}

}  // namespace fsd::tuning
