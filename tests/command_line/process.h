// Runs the command line as a user does: a process of its own, its two outputs and its exit code.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fsd::testing {

struct Outcome {
    int code = -1;       // exit code; 128 + signal where the process was killed
    std::string output;  // standard output
    std::string errors;  // standard error
};

Outcome fsdnet(const std::vector<std::string> &arguments);

// Runs, requires exit code 0 and nothing but one JSON document on the standard output.
nlohmann::json fsdnet_json(std::vector<std::string> arguments);

// Requires the exit code, one sentence on the standard error that holds `expected`, nothing on the standard
// output.
void require_refusal(const std::vector<std::string> &arguments, int code, const std::string &expected);

}  // namespace fsd::testing
