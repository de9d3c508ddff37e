// What tuning needs of the build tree: the generators' programs, a C++ compiler, the autoschedulers.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace fsd::tuning {

struct BuildTree {
    std::string folder;
    std::string source;                          // the project's sources
    std::string compiler;                        // of C++
    std::string generators;                      // the folder of the programs <op>.<schedule>.generator
    std::string worker;                          // the program that checks and times candidates
    std::map<std::string, std::string> targets;  // family -> Halide's name
    std::map<std::string, std::string> autoschedulers;  // name -> plugin

    // Throws Error(unsupported) where it is not built.
    std::string generator(const std::string &op, const std::string &family) const;
    const std::string &target(const std::string &family) const;
    std::string work_folder(const std::string &op) const;  // made if need be
};

// Throws Error(unsupported) where `folder` is no build tree or lacks something.
BuildTree open_build_tree(const std::string &folder);

// The families of cmake/InstructionSets.cmake that this machine can run, best first.
std::vector<std::string> families_of_this_machine();

}  // namespace fsd::tuning
