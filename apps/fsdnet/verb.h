// What the verbs share: the shape of the help, --json, --threads, --device, notes and progress.
//
// A verb is a function `add_<verb>(CLI::App &program)` in its own file. It calls add_verb, binds its options
// to a shared struct, and gives a callback that throws fsd::Error on failure. The result goes to the standard
// output, and nothing else does; notes and progress go to the standard error.
#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <string>

namespace fsd::command_line {

// Name, version, exit codes.
void describe_program(CLI::App &program);

// A verb with a help that ends with the example.
CLI::App &add_verb(CLI::App &parent, const std::string &name, const std::string &summary,
                   const std::string &example);

void add_json_flag(CLI::App &verb, bool &json);

// --threads N, put in force before the callback runs; all CPUs that this process may use by default.
void add_threads_option(CLI::App &verb);

// --device NAME: where kernels run.
CLI::Option &add_device_option(CLI::App &verb, std::string &device);

// "cpu", "cuda" or "opencl" for the option's value; notes what a device is called. Throws as
// fsd::chosen_device.
std::string device_to_use(const std::string &asked);

// Prints with two spaces of indentation; ordered, so that the keys stand as they were written. Bytes that are
// no UTF-8 become \xff (toolkit/system/json_document.h).
void print_json(const nlohmann::ordered_json &result);

// A string of a result as a terminal may show it: without what acts on it.
std::string shown(const nlohmann::ordered_json &name);

// The entries with commas between them; strings as `shown` has them.
std::string joined(const nlohmann::ordered_json &list);

// True after --quiet, which every verb has: notes and progress are left out, failures are not.
bool is_quiet();

// A sentence on the standard error: something that the user should know and that is no failure.
void note(const std::string &sentence);

// True where nobody asked for quiet and the standard error is a terminal that can redraw a line (TERM is
// neither empty nor `dumb`): lines that redraw themselves are shown only there. Nothing is colored, so
// NO_COLOR holds anyway.
bool shows_progress();

}  // namespace fsd::command_line
