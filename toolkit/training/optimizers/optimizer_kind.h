// How the parameters follow the gradient. Each optimizer is one file in toolkit/training/optimizers/ and one
// line in its CMakeLists.txt.
#pragma once

#include "toolkit/training/tape.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace fsd {

struct OptimizerOptions {
    double momentum = 0.9;  // of sgd: what is left of the velocity after each step
};

class Optimizer {
public:
    virtual ~Optimizer() = default;

    // Adds the step, which changes `values`.
    virtual void plan(Tape &tape, const Tensor &values, const Tensor &gradient) = 0;
    // For the step that comes next; `count` is 1 for the first one.
    virtual void set_rate(double rate, double count) = 0;

    // What it remembers, by name: as long as the parameters, zeros before the first step.
    std::map<std::string, Tensor> memory;
};

struct OptimizerKind {
    std::string name;
    std::function<std::unique_ptr<Optimizer>(const OptimizerOptions &options)> make;
};

// Throws Error(usage) that lists the known ones.
const OptimizerKind &optimizer_kind(const std::string &name);

// "adam, sgd".
std::string optimizer_names();

}  // namespace fsd
