// The registry as a table and as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fsd::command_line {

// The instruction sets compiled into the CPU kernels, best first: a kernel's metadata names the baseline
// only.
std::vector<std::string> compiled_instruction_sets();

// The best one that is compiled in and that this machine runs.
std::string instruction_set_in_force();

// The registry, or the kernels of one op. Throws Error(usage) for an op without kernel.
nlohmann::ordered_json describe_kernels(const std::string &op);
std::string table_of_kernels(const std::string &op);

}  // namespace fsd::command_line
