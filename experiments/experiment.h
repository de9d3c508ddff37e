// An experiment: a name, and a function that trains, measures and reports.
#pragma once

#include "experiments/report.h"

#include <functional>
#include <string>
#include <vector>

namespace fsd::experiments {

// What an experiment may use.
struct Surroundings {
    std::string data;  // the folder with mnist/ and cifar10/
    std::function<void(const std::string &sentence)> progress;
};

struct Experiment {
    std::string name;   // of its page: docs/experiments/<name>.md
    std::string title;  // one line
    std::function<void(const Surroundings &surroundings, Report &report)> run;
};

// All of them, in the order in which they run.
std::vector<Experiment> all_experiments();

// One per file.
Experiment aggregation_cifar();
Experiment aggregation_mnist();
Experiment aggregation_sums();
Experiment teacher_graph();
Experiment teacher_recovery();
Experiment features_mnist();
Experiment features_tables();
Experiment xor_moments();
Experiment mnist_moments();
Experiment pruning();

}  // namespace fsd::experiments
