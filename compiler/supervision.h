// A program around Halide's compiler: the work in a process of its own, failures as sentences.
//
// LLVM ends a program where it cannot write, an autoscheduler where it meets what it did not expect, and
// whatever can happen to a program of this size may happen.
#pragma once

#include "runtime/error.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <vector>

namespace fsd::compiler {

// Takes a flag off the front of the words.
bool take(std::vector<std::string> &words, const std::string &flag);

// Takes an option off the front of the words; its value, empty where it is not there.
std::string take_value(std::vector<std::string> &words, const std::string &option);

// What main() of `program` returns. `work` gets the words behind a first --report and makes the report. With
// --report the standard output holds one JSON document, the result or the failure; without it a failure is a
// sentence on the standard error.
int supervised(const std::string &program, int count, char **arguments,
               const std::function<nlohmann::ordered_json(std::vector<std::string>)> &work);

// For a failure behind which nothing can be cleaned up: the program tells it and ends.
[[noreturn]] void end_with(const Error &error);

}  // namespace fsd::compiler
