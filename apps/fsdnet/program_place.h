// Where this program lies: what belongs to it is found from there, so that no path of a build is in it.
#pragma once

#include <filesystem>

namespace fsd::command_line {

// The folder of the program's file; empty where the system does not say.
std::filesystem::path program_folder();

}  // namespace fsd::command_line
