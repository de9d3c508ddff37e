// --input, --expect, --atol and --rtol: what a network has to give, before a verb goes on with it.
#pragma once

#include "toolkit/networks/expected_result.h"
#include "toolkit/system/file_roles.h"

#include <CLI/CLI.hpp>

#include <vector>

namespace fsd::command_line {

// Each of the two files needs the other.
void add_expected_result(CLI::App &verb, ExpectedResult &wanted);

// The same, with an --input that may stand alone and means this.
void add_expected_result(CLI::App &verb, ExpectedResult &wanted, const std::string &meaning_of_input);

// `inputs` and the files of the options.
std::vector<FileRole> with_expected_result(std::vector<FileRole> inputs, const ExpectedResult &wanted);

}  // namespace fsd::command_line
