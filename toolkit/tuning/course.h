// The course of a search, apart from how candidates are judged: autoschedulers, the search, the decision.
// Whatever stands in the log is not judged again.
#pragma once

#include "toolkit/tuning/tuner.h"

#include <functional>

namespace fsd::tuning {

// As Judge judges: the candidate beside the best one so far.
using Judgment =
    std::function<JournalEntry(const Candidate &candidate, const Candidate &best, int shape, bool final)>;

struct SearchCourse {
    const std::vector<ParameterChoices> &parameters;  // of the schedule
    const Subject &subject;
    const TuningOptions &options;
    Judgment judge;
};

// Tries the candidates of options.share until the budget is spent or there is none left. What other shares
// have not told yet counts as no better than the best one so far, which is true of most candidates; where it
// was not, as_one_run() leaves out what came of it.
void search(const SearchCourse &course, Journal &journal);

// Measures the best candidate again beside the defaults.
Record decide(const SearchCourse &course, Journal &journal);

// Those of the entries, in their order, that one search would have written, had each candidate come out as it
// did; up to the first candidate that nobody has judged. Decisions are not among them.
std::vector<JournalEntry> as_one_run(const SearchCourse &course, const std::vector<JournalEntry> &found);

// The judgment of the candidate against `best`; null where there is none.
const JournalEntry *find_entry(const std::vector<JournalEntry> &entries, const Candidate &candidate,
                               const Candidate &best, int shape, bool final);

// An entry of the search itself: no autoscheduler's, no decision.
bool is_search(const JournalEntry &entry);

}  // namespace fsd::tuning
