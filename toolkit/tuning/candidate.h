// What `fsdnet tune` compares: an op's schedule with some values of its parameters, or an autoscheduler's
// proposal.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace fsd::tuning {

using ParameterValues = std::map<std::string, std::string>;

// One parameter of a schedule, as its generator lists it.
struct ParameterChoices {
    std::string name;
    std::string standard;              // the default for the target
    std::vector<std::string> choices;  // others to try; may hold the default
};

struct Candidate {
    ParameterValues parameters;  // those that differ from the defaults
    std::string autoscheduler;   // empty: the op's own schedule

    // "default", "narrow_tile:1x12,wide_tile:2x8", "Adams2019": also what the generator's command line takes.
    std::string name() const;
    bool operator==(const Candidate &other) const {
        return parameters == other.parameters && autoscheduler == other.autoscheduler;
    }
};

// Reads a name of parameters as name() writes it. Throws Error(usage) where it is none.
Candidate read_candidate(const std::string &name);

// The same candidate, values that are the defaults left out. Throws Error(usage) where a parameter is not
// among `parameters`.
Candidate of_parameters(const Candidate &candidate, const std::vector<ParameterChoices> &parameters);

// Reads a generator's listing: one parameter per line, its name, default and choices, separated by spaces.
// Throws Error(internal) where it is none.
std::vector<ParameterChoices> read_parameter_listing(const std::string &text);

}  // namespace fsd::tuning
