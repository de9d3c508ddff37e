// What `fsdnet tune` is asked to tune: operators and the shapes that count.
#pragma once

#include "toolkit/tuning/build_tree.h"
#include "toolkit/tuning/journal.h"

#include <string>
#include <vector>

namespace fsd::command_line {

struct TuningJob {
    std::string op;                   // empty: all that the models use
    std::vector<std::string> shapes;  // "sample=64,input=512,output=10"
    std::vector<std::string> models;  // model files, or descriptions without numbers
    std::vector<int> batches = {64};  // of the models
    std::string target;               // family; empty: the best one of this machine
    std::string build;
    std::string log, replay, picture;
    double budget = 300, limit = 60;  // seconds
    int candidates = 1 << 30;
    int threads = 1;
    bool fresh = false, keep = true, table = false, json = false;
};

// One per operator. Without shapes and models: those of the operator's record, else those of its benchmark.
// Throws Error(usage) for shapes that make no sense, Error(unsupported) where nothing can be tuned.
std::vector<tuning::Subject> subjects_of(const TuningJob &job, const tuning::BuildTree &tree);

// "90", "90s", "10m" or "1.5h" in seconds. Throws Error(usage).
double seconds_from(const std::string &duration);

}  // namespace fsd::command_line
