// The help, the flags and the notes that the verbs share.
#include "apps/fsdnet/verb.h"

#include "apps/fsdnet/number_option.h"
#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "runtime/threads.h"
#include "toolkit/system/json_document.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <iostream>

namespace fsd::command_line {
namespace {

bool quiet = false;

}  // namespace

void describe_program(CLI::App &program) {
    program.name("fsdnet");
    program.description(
        "Trains, runs and examines networks of finite state distributions (FSD): every input,\n"
        "activation and parameter is a probability distribution.");
    program.footer(
        "Exit codes: 0 ok, 1 check failed, 2 usage, 3 bad file or input, 4 unsupported here, 5 internal.\n"
        "'fsdnet VERB --help' shows a verb's options and an example.");
    program.set_version_flag("--version", "fsdnet " FSDNET_VERSION);
    program.require_subcommand(0, 1);
}

CLI::App &add_verb(CLI::App &parent, const std::string &name, const std::string &summary,
                   const std::string &example) {
    CLI::App &verb = *parent.add_subcommand(name, summary);
    verb.footer("Example:\n  " + example);
    verb.add_flag_callback(
        "--quiet", [] { quiet = true; }, "Leave notes and progress out; failures are said");
    return verb;
}

void add_json_flag(CLI::App &verb, bool &json) {
    verb.add_flag("--json", json, "Print the result as JSON, and nothing else, on the standard output");
}

void add_threads_option(CLI::App &verb) {
    add_number_function<int>(verb, "--threads", set_threads, between(1, 1024),
                             "Number of threads (default: the CPUs usable here)");
}

CLI::Option &add_device_option(CLI::App &verb, std::string &device) {
    return *verb.add_option("--device", device,
                            "Where kernels run: cpu, cuda, opencl; auto takes a GPU if there is one")
                ->check(CLI::IsMember(device_names()))
                ->capture_default_str();
}

std::string device_to_use(const std::string &asked) {
    std::string device = chosen_device(asked);
    if (device != "cpu") {
        note(text("runs on ", device, ": ", device_description(device)));
    }
    return device;
}

void print_json(const nlohmann::ordered_json &result) {
    std::cout << json_document(result, 2) << '\n';
}

std::string shown(const nlohmann::ordered_json &name) {
    return printable_text(name.get<std::string>());
}

std::string joined(const nlohmann::ordered_json &list) {
    std::string out;
    for (const nlohmann::ordered_json &entry : list) {
        out += (out.empty() ? "" : ", ") + (entry.is_string() ? shown(entry) : entry.dump());
    }
    return out;
}

bool is_quiet() {
    return quiet;
}

void note(const std::string &sentence) {
    if (!quiet) {
        std::cerr << "note: " << printable_text(sentence) << '\n';
    }
}

bool shows_progress() {
    const char *const terminal = std::getenv("TERM");
    return !quiet && isatty(STDERR_FILENO) == 1 && terminal && *terminal != '\0' &&
           std::strcmp(terminal, "dumb") != 0;
}

}  // namespace fsd::command_line
