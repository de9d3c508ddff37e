// Runs fsdnet_compiler, the program that holds Halide's compiler: the command line works without its 160 MB.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fsd::command_line {

// Runs `fsdnet_compiler --report ARGUMENTS`, found beside this program or in ../libexec/fsdnet, and gives
// what it reports. Throws the Error that it reports, or Error(unsupported) where it is not installed.
nlohmann::ordered_json run_compiler(const std::vector<std::string> &arguments);

}  // namespace fsd::command_line
