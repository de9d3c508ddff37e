// Searches, decides and measures again with a judge of the build tree.
#include "toolkit/tuning/tuner.h"

#include "runtime/error.h"
#include "toolkit/tuning/course.h"
#include "toolkit/tuning/judge.h"

#include <algorithm>

namespace fsd::tuning {
namespace {

SearchCourse course_of(const Judge &judge, const Subject &subject, const TuningOptions &options) {
    return {judge.parameters(), subject, options,
            [&judge](const Candidate &candidate, const Candidate &best, int shape, bool final) {
                return judge(candidate, best, shape, final);
            }};
}

}  // namespace

Record tune(const BuildTree &tree, const Subject &subject, Journal &journal, const TuningOptions &options) {
    const Judge judge = judge_of_template(tree, subject, options);
    const SearchCourse course = course_of(judge, subject, options);
    search(course, journal);
    return decide(course, journal);
}

void tune_share(const BuildTree &tree, const Subject &subject, Journal &journal,
                const TuningOptions &options) {
    const Judge judge = judge_of_template(tree, subject, options);
    search(course_of(judge, subject, options), journal);
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
