// What a person probably meant who typed a verb or an option that does not exist.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace fsd::command_line {

// After a failed parse: a sentence about the first word that names no verb and no option of the verb that was
// reached, with the closest name that does. Empty where every word was understood.
std::string unknown_word(const CLI::App &program);

}  // namespace fsd::command_line
