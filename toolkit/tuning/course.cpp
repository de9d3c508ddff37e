// Autoschedulers first, then the search, then the decision.
#include "toolkit/tuning/course.h"

#include "runtime/error.h"
#include "toolkit/tuning/search.h"

#include <algorithm>

namespace fsd::tuning {
namespace {

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

// Calls visit(candidate, shape) for each autoscheduler's proposals, one per shape.
template<typename Visit>
void visit_proposals(const SearchCourse &course, Visit visit) {
    for (const std::string &name : course.options.autoschedulers) {
        for (int shape = 0; shape < static_cast<int>(course.subject.shapes.size()); shape++) {
            visit(Candidate{{}, name}, shape);
        }
    }
}

void try_autoschedulers(const SearchCourse &course, const Search &search, Journal &journal) {
    int position = 0;
    visit_proposals(course, [&](const Candidate &candidate, int shape) {
        const bool own = course.options.share.has(position++);
        if (own && journal.elapsed() < course.options.budget &&
            !find_entry(journal.entries(), candidate, {}, shape, false)) {
            journal.append(course.judge(candidate, {}, shape, false));
            report(course.options, journal, search);
        }
    });
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
JournalEntry decision(const SearchCourse &course, Journal &journal) {
    for (const Candidate &candidate : kept_in_turn(journal)) {
        JournalEntry entry = course.judge(candidate, {}, -1, true);
        entry.kept = entry.kept || candidate.parameters.empty();
        journal.append(entry);
        if (entry.verdict != "timed" && candidate.parameters.empty()) {
            throw Error(ExitCode::check_failed,
                        text("The schedule with its defaults fails. ", entry.sentence));
        }
        if (entry.kept) {
            return journal.entries().back();
        }
    }
    throw Error(ExitCode::internal, "The decision left out the defaults.");
}

}  // namespace

bool is_search(const JournalEntry &entry) {
    return entry.candidate.autoscheduler.empty() && !entry.final;
}

const JournalEntry *find_entry(const std::vector<JournalEntry> &entries, const Candidate &candidate,
                               const Candidate &best, int shape, bool final) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const JournalEntry &entry) {
        return entry.shape == shape && entry.final == final && entry.candidate == candidate &&
               entry.against == best.name();
    });
    return found == entries.end() ? nullptr : &*found;
}

void search(const SearchCourse &course, Journal &journal) {
    Search search(course.parameters, course.options.guesses);
    try_autoschedulers(course, search, journal);
    for (int position = 0; position < course.options.candidates; position++) {
        const std::optional<Candidate> candidate = search.next();
        if (!candidate) {
            break;
        }
        const JournalEntry *entry = find_entry(journal.entries(), *candidate, search.best(), -1, false);
        const bool judges = !entry && course.options.share.has(position);
        if (judges) {
            // Whatever the budget: a search that tried nothing would decide for the defaults unseen.
            if (journal.elapsed() >= course.options.budget && tried(journal) > 0) {
                break;
            }
            journal.append(course.judge(*candidate, search.best(), -1, false));
            entry = &journal.entries().back();
        }
        search.tried(*candidate, entry && entry->kept);
        if (judges) {
            report(course.options, journal, search);
        }
    }
}

Record decide(const SearchCourse &course, Journal &journal) {
    const JournalEntry decided = decision(course, journal);
    const Subject &subject = course.subject;
    Record record{subject, decided.candidate.parameters, {}, {}};
    const bool tuned = !record.parameters.empty();
    record.tuned = tuned ? decided.comparison.all : Ratio{};
    for (std::size_t i = 0; i < subject.shapes.size(); i++) {
        record.shapes.push_back(
            {subject.shapes[i], decided.best_seconds[i], tuned ? decided.comparison.shapes[i] : Ratio{}, {}});
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

std::vector<JournalEntry> as_one_run(const SearchCourse &course, const std::vector<JournalEntry> &found) {
    std::vector<JournalEntry> taken;
    visit_proposals(course, [&](const Candidate &candidate, int shape) {
        if (const JournalEntry *entry = find_entry(found, candidate, {}, shape, false)) {
            taken.push_back(*entry);
        }
    });
    Search search(course.parameters, course.options.guesses);
    while (const std::optional<Candidate> candidate = search.next()) {
        const JournalEntry *entry = find_entry(found, *candidate, search.best(), -1, false);
        if (!entry) {
            break;
        }
        taken.push_back(*entry);
        search.tried(*candidate, entry->kept);
    }
    return taken;
}

}  // namespace fsd::tuning
