// What `fsdnet tune` is asked to do.
#pragma once

#include "toolkit/tuning/subjects.h"
#include "toolkit/tuning/tuner.h"

#include <optional>
#include <string>
#include <vector>

namespace fsd::command_line {

struct TuningJob {
    tuning::SubjectsWanted wanted;    // but for the shapes
    std::vector<std::string> shapes;  // "sample=64,input=512,output=10"
    std::vector<tuning::Candidate> guesses;
    std::string build;
    std::string log, replay, picture;
    std::string autoscheduler;  // the only one; empty: all
    std::string adopted;        // folder of what is adopted; empty: that of the sources
    std::string weights;        // of Adams2019, to be retrained; empty: those in the cache
    bool adopt = false, retrain = false;
    std::optional<tuning::Shard> shard;  // the part to try; nothing: all
    std::vector<std::string> merge;      // logs of shards
    double budget = 300;                 // seconds
    int candidates = 1 << 30;
    bool fresh = false, keep = true, table = false, json = false;
};

// As tuning::subjects_of(), shapes read.
std::vector<tuning::Subject> subjects_of(const TuningJob &job, const tuning::BuildTree &tree);

// For kernels of `family`. Throws Error(usage) for an autoscheduler that there is not.
tuning::TuningOptions options_of(const TuningJob &job, const std::string &family);

// "90", "90s", "10m" or "1.5h" in seconds. Throws Error(usage).
double seconds_from(const std::string &duration);

}  // namespace fsd::command_line
