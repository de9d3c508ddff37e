// Puts the logs of shards together.
#pragma once

#include "toolkit/tuning/tuner.h"

#include <string>
#include <vector>

namespace fsd::tuning {

// Logs of one search. Throws Error(bad_input) that names two of them where they are about different things.
struct FoundLogs {
    Subject subject;
    std::vector<JournalEntry> entries;
};
FoundLogs read_logs(const std::vector<std::string> &paths);

struct Merged {
    Record record;
    Journal journal;
    int left_out = 0;  // candidates that were judged beside one that was not the best any more
};

// Writes into the log of `path` what one search would have written, had each candidate come out as in the
// found logs or in the one that is there, and decides. A decision that stands in a log is taken from it;
// another one is measured here, beside the defaults. Throws Error(unsupported) where that would have to be
// done on another CPU or device, when the merged log is written; Error(bad_input) where the logs are about
// other sources than the tree's, and writes nothing.
Merged merge_logs(const BuildTree &tree, const FoundLogs &found, const std::string &path,
                  const TuningOptions &options);

}  // namespace fsd::tuning
