// What `fsdnet tune` shows: progress on a terminal, the outcome as text or JSON.
#pragma once

#include "toolkit/tuning/tuner.h"

#include <string>
#include <vector>

namespace fsd::command_line {

struct TuningOutcome {
    tuning::Record record;
    std::vector<tuning::JournalEntry> entries;
    std::string log, picture;
    bool recorded = false;  // in schedules/tuned/
};

// Candidates with this verdict, decisions apart.
int count_of(const std::vector<tuning::JournalEntry> &entries, const std::string &verdict);

// One line on the standard error that is written over; nothing where that is no terminal.
class TuningProgressLine {
public:
    TuningProgressLine(std::string op, double budget);
    ~TuningProgressLine();  // ends the line
    TuningProgressLine(const TuningProgressLine &) = delete;
    TuningProgressLine &operator=(const TuningProgressLine &) = delete;

    void show(const tuning::TuningProgress &progress);

private:
    std::string op_;
    double budget_;
    bool shown_ = false;
};

// "93.1 % of the default's time (92.0 to 94.3)"
std::string percent(const tuning::Ratio &ratio, const std::string &whose = "the default's");

void print_outcomes(const std::vector<TuningOutcome> &outcomes, bool json);
void print_replay(const tuning::Subject &subject, const tuning::JournalEntry &entry, bool json);

}  // namespace fsd::command_line
