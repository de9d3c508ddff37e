// Replays the search over what the logs hold.
#include "toolkit/tuning/merge.h"

#include "runtime/error.h"
#include "toolkit/tuning/course.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/digest.h"
#include "toolkit/tuning/judge.h"

#include <set>
#include <tuple>

namespace fsd::tuning {
namespace {

void check_sources(const BuildTree &tree, const Subject &subject) {
    const std::string here = source_digest(tree.source, subject.op, schedules_of(subject.family));
    if (subject.digest != here) {
        throw Error(ExitCode::bad_input,
                    text("The logs are about ", subject.op, " as of sources with the digest ", subject.digest,
                         "; those of ", tree.source, " have ", here,
                         ". Merge where the sources are those of the shards, or tune again."));
    }
}

void check_machine(const Subject &subject) {
    const std::string here = machine_of(subject.family);
    if (subject.cpu != here) {
        throw Error(ExitCode::unsupported,
                    text("The best candidate of ", subject.op, " is to be measured beside the defaults on ",
                         subject.cpu, ", and this is ", here, ". Merge on one of the machines that tuned."));
    }
}

int candidates_in(const std::vector<JournalEntry> &entries) {
    std::set<std::tuple<std::string, std::string, int>> distinct;
    for (const JournalEntry &entry : entries) {
        if (!entry.final) {
            distinct.emplace(entry.candidate.name(), entry.against, entry.shape);
        }
    }
    return static_cast<int>(distinct.size());
}

}  // namespace

FoundLogs read_logs(const std::vector<std::string> &paths) {
    FoundLogs found;
    for (const std::string &path : paths) {
        Log log = read_log(path);
        if (path != paths.front() && !(log.subject == found.subject)) {
            throw Error(
                ExitCode::bad_input,
                text("The logs ", paths.front(), " and ", path,
                     " are about different things: operator, target, CPU, sources, threads and shapes "
                     "must be the same. Merge only logs of one command's shards."));
        }
        found.subject = std::move(log.subject);
        found.entries.insert(found.entries.end(), log.entries.begin(), log.entries.end());
    }
    return found;
}

Merged merge_logs(const BuildTree &tree, const FoundLogs &found, const std::string &path,
                  const TuningOptions &options) {
    check_sources(tree, found.subject);
    const Judge judge = judge_of_template(tree, found.subject, options);
    Journal journal(path, found.subject);
    std::vector<JournalEntry> entries = found.entries;
    entries.insert(entries.end(), journal.entries().begin(), journal.entries().end());
    const SearchCourse course{judge.parameters(), found.subject, options,
                              [&](const Candidate &candidate, const Candidate &best, int shape, bool final) {
                                  if (const JournalEntry *known =
                                          find_entry(entries, candidate, best, shape, final)) {
                                      return *known;
                                  }
                                  check_machine(found.subject);
                                  return judge(candidate, best, shape, final);
                              }};
    journal.write_anew(found.subject, as_one_run(course, entries));
    const int left_out = candidates_in(entries) - candidates_in(journal.entries());
    Record record = decide(course, journal);
    return {std::move(record), std::move(journal), left_out};
}

}  // namespace fsd::tuning
