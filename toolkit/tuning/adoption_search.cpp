// Looks for a kernel that is better at one shape than the general one.
#include "runtime/error.h"
#include "toolkit/tuning/adoption.h"
#include "toolkit/tuning/judge.h"

#include <algorithm>

namespace fsd::tuning {
namespace {

// What builds make the general kernel with: cmake/TunedParameters.cmake takes the first record of the family.
Candidate general_kernel(const BuildTree &tree, const Subject &subject) {
    for (const Record &record : read_records(record_path(tree.source, subject.op), subject.op)) {
        if (record.subject.family == subject.family) {
            return {record.parameters, ""};
        }
    }
    return {};
}

void require_source(const std::string &autoscheduler) {
    if (autoscheduler != "Adams2019") {
        throw Error(
            ExitCode::unsupported,
            text("What ", autoscheduler,
                 " proposes cannot be adopted: of Halide 21's autoschedulers for CPUs only Adams2019 prints "
                 "schedules as C++ that compiles; the others leave out declarations. Leave out --adopt to "
                 "measure it, or adopt from Adams2019."));
    }
}

// Its entry of the log, measured where there is none.
JournalEntry first_judgment(const Judge &judge, Journal &journal, const Candidate &candidate,
                            const Candidate &general) {
    for (const JournalEntry &entry : journal.entries()) {
        if (entry.candidate == candidate && entry.shape == 0 && !entry.final &&
            entry.against == general.name()) {
            return entry;
        }
    }
    journal.append(judge(candidate, general, 0, false));
    return journal.entries().back();
}

}  // namespace

Verdicts find_kernel_for_shape(const BuildTree &tree, const Subject &subject, Journal &journal,
                               const TuningOptions &options, const std::string &autoscheduler) {
    const Candidate general = general_kernel(tree, subject);
    Candidate candidate{{}, autoscheduler};
    const Judge judge(tree, subject, options);
    if (autoscheduler.empty()) {
        TuningOptions search = options;
        search.autoschedulers.clear();
        candidate.parameters = tune(tree, subject, journal, search).parameters;
        if (candidate == general) {
            return {journal.entries().back(), std::nullopt};
        }
    } else {
        require_source(autoscheduler);
        const JournalEntry first = first_judgment(judge, journal, candidate, general);
        if (!first.comparison.better) {
            return {first, std::nullopt};
        }
    }
    // On fresh numbers, at this shape alone.
    JournalEntry decision = judge(candidate, general, 0, true);
    decision.kept = decision.comparison.better;
    journal.append(decision);
    if (!decision.kept) {
        return {decision, std::nullopt};
    }
    const std::string source = autoscheduler.empty() ? "" : judge.compiled(candidate, 0).schedule;
    return {decision, Adoption{subject, candidate, general.name(), decision.comparison.all, source}};
}

}  // namespace fsd::tuning
