// The help, the flags and the notes that the verbs share.
#include "apps/fsdnet/verb.h"

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/threads.h"
#include "toolkit/kernel_runs/finite_number.h"

#include <unistd.h>

#include <iostream>

namespace fsd::command_line {

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
    return verb;
}

void add_json_flag(CLI::App &verb, bool &json) {
    verb.add_flag("--json", json, "Print the result as JSON, and nothing else, on the standard output");
}

void add_threads_option(CLI::App &verb) {
    verb.add_option_function<int>("--threads", set_threads,
                                  "Number of threads (default: the CPUs usable here)")
        ->check(CLI::Range(1, 1024));
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

namespace {

template<typename Allowed>
CLI::Validator numbers(const std::string &expected, Allowed allowed) {
    return {[=](std::string &value) {
                const std::optional<double> number = finite_number(value);
                return number && allowed(*number) ? "" : text("must be ", expected, "; found ", value);
            },
            ""};
}

}  // namespace

CLI::Validator above_zero() {
    return numbers("a number above 0", [](double number) { return number > 0; });
}

CLI::Validator not_negative() {
    return numbers("a number from 0 on", [](double number) { return number >= 0; });
}

void print_json(const nlohmann::ordered_json &result) {
    std::cout << result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

std::string joined(const nlohmann::ordered_json &list) {
    std::string out;
    for (const nlohmann::ordered_json &entry : list) {
        out += (out.empty() ? "" : ", ") + (entry.is_string() ? entry.get<std::string>() : entry.dump());
    }
    return out;
}

void note(const std::string &sentence) {
    std::cerr << "note: " << sentence << '\n';
}

bool shows_progress() {
    return isatty(STDERR_FILENO) == 1;
}

}  // namespace fsd::command_line
