// The log of a search: one JSON object per line, the first one says what is tuned. Interrupted anywhere, it
// goes on.
#pragma once

#include "runtime/signature.h"
#include "toolkit/tuning/candidate.h"
#include "toolkit/tuning/comparison.h"

#include <string>
#include <vector>

namespace fsd::tuning {

// What a search is about. Results of one subject say nothing about another one.
struct Subject {
    std::string op;
    std::string family;  // of targets, or a device: avx512, cuda
    std::string cpu;     // model
    std::string digest;  // of the sources
    int threads = 1;
    std::vector<Extents> shapes;

    bool operator==(const Subject &other) const;
};

struct JournalEntry {
    Candidate candidate;
    int shape = -1;        // index: an autoscheduler's candidate is for one shape only
    bool final = false;    // the decision's own measurement, against the default
    bool kept = false;     // better than the best one so far
    std::string verdict;   // "timed", "wrong" or "failed"
    std::string sentence;  // why it was not timed
    std::string against;   // the name of the best one so far
    int checked = 0;       // comparisons with the float64 reference
    Comparison comparison;
    std::vector<double> best_seconds, seconds;  // per call, medians, one per shape
    double elapsed = 0;                         // seconds that compiling, checking and timing took
};

class Journal {
public:
    // Reads what is there. A log of another subject is moved to <path>.old; a last line without end is
    // dropped. Throws Error(bad_input) where a line is no entry or the file cannot be written.
    Journal(std::string path, const Subject &subject);

    const std::vector<JournalEntry> &entries() const { return entries_; }
    const std::string &path() const { return path_; }
    double elapsed() const;  // of all entries

    // On the disk when it returns; entries() holds it as a reader of the log finds it, with rounded numbers.
    void append(const JournalEntry &entry);

    // These entries in place of those that are there.
    void write_anew(const Subject &subject, const std::vector<JournalEntry> &entries);

private:
    std::string path_;
    std::vector<JournalEntry> entries_;
};

// The subject of a log that may come from anywhere: its operator, target and axes are ones that this fsdnet
// has. Throws Error(bad_input) where they are not, or where the file is no log.
Subject subject_of(const std::string &path);

// A log to be read only: it stays as it is. Throws as subject_of does, and where a line is no entry.
struct Log {
    Subject subject;
    std::vector<JournalEntry> entries;
};
Log read_log(const std::string &path);

}  // namespace fsd::tuning
