// What is to be tuned: operators and the shapes that count.
#pragma once

#include "toolkit/tuning/build_tree.h"
#include "toolkit/tuning/journal.h"

#include <string>
#include <vector>

namespace fsd::tuning {

struct SubjectsWanted {
    std::string op;                   // empty: all that the models use
    std::vector<Extents> shapes;      // extents of the op's axes and its integer scalars
    std::vector<std::string> models;  // model files, or descriptions without numbers
    std::vector<int> batches = {64};  // of the models
    std::string target;               // family; empty: the best one of this machine
    double limit = 60;                // seconds for asking a generator
    int threads = 1;
};

// One per operator. Without shapes and models: those of the operator's record, else those of its benchmark.
// Throws Error(usage) for shapes that make no sense, Error(unsupported) where nothing can be tuned.
std::vector<Subject> subjects_of(const SubjectsWanted &wanted, const BuildTree &tree);

}  // namespace fsd::tuning
