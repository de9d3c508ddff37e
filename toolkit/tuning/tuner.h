// The search for the parameters of one op's schedule.
#pragma once

#include "toolkit/tuning/build_tree.h"
#include "toolkit/tuning/journal.h"
#include "toolkit/tuning/record.h"
#include "toolkit/tuning/share.h"

#include <csignal>
#include <functional>

namespace fsd::tuning {

struct TuningProgress {
    const JournalEntry *latest = nullptr;
    std::string best;    // its name
    double ratio = 1;    // its time / the default's
    int tried = 0;       // candidates so far
    double size = 1;     // candidates in all
    double elapsed = 0;  // seconds, interrupted runs included
};

struct TuningOptions {
    double budget = 300;       // seconds in all, interrupted runs included
    double limit = 60;         // seconds for compiling a candidate, and for checking and timing it
    int candidates = 1 << 30;  // most of them that are tried, autoschedulers apart
    int pairs = 12;            // timings of both kernels per shape; three times as many for the decision
    std::vector<Candidate> guesses;                    // tried first
    Share share;                                       // of autoschedulers' proposals and candidates
    std::vector<std::string> autoschedulers;           // autoschedulers_for(family), or fewer
    const volatile std::sig_atomic_t *stop = nullptr;  // set: finish the log's line and throw
    std::function<void(const TuningProgress &)> progress;
};

// Tries candidates until the budget is spent or there is none left, writes each into the journal, and
// measures the best one again beside the defaults. A parameter's value is recorded only where that shows a
// gain beyond noise. Throws Error(unsupported) where the schedule has no parameters or the defaults cannot be
// compiled, Error(check_failed) where the defaults disagree with the reference or the search was stopped.
Record tune(const BuildTree &tree, const Subject &subject, Journal &journal, const TuningOptions &options);

// The search of tune() for the candidates of options.share, without a decision. The logs of all shares make
// one by merge_logs().
void tune_share(const BuildTree &tree, const Subject &subject, Journal &journal,
                const TuningOptions &options);

// Measures the best candidate of a finished log again beside the defaults, without a search.
JournalEntry measure_again(const BuildTree &tree, const Subject &subject, const Journal &journal,
                           const TuningOptions &options);

// The last candidate of the log that was kept by the decision; the defaults where none was.
Candidate decided(const Journal &journal);

}  // namespace fsd::tuning
