// A child process whose standard output is read; its standard error is this program's.
#include "apps/fsdnet/compiler_process.h"

#include "apps/fsdnet/interruptible.h"
#include "apps/fsdnet/program_place.h"
#include "runtime/error.h"
#include "toolkit/system/process.h"
#include "toolkit/system/progress.h"

#include <unistd.h>

#include <csignal>
#include <limits>

namespace fsd::command_line {
namespace {

std::string compiler_program() {
    namespace fs = std::filesystem;
    const fs::path folder = program_folder();
    for (const fs::path &place : {folder / "fsdnet_compiler", folder / "../libexec/fsdnet/fsdnet_compiler"}) {
        if (::access(place.c_str(), X_OK) == 0) {
            return place.lexically_normal().string();
        }
    }
    throw Error(ExitCode::unsupported,
                text("Compiling needs the program fsdnet_compiler beside ", (folder / "fsdnet").string(),
                     ", and it is not there; 'make build' builds it, the component 'compiler' of 'cmake "
                     "--install' installs it."));
}

// Where a signal comes the compiler ends first, then this program by the same signal.
ProcessOutcome outcome_of(const std::vector<std::string> &words) {
    ProcessOptions options;
    options.most_output = std::numeric_limits<std::size_t>::max();
    options.keep_errors = options.own_group = false;
    options.stop_signal = SIGTERM;
    ProcessOutcome outcome;
    int signal = 0;
    {
        const Interruptible interruptible;
        options.stop = Interruptible::flag();
        const Progress progress("compiles the network");
        outcome = run_process(words, options);
        signal = *Interruptible::flag();
    }
    if (signal != 0) {
        std::raise(signal);
    }
    return outcome;
}

}  // namespace

nlohmann::ordered_json run_compiler(const std::vector<std::string> &arguments) {
    std::vector<std::string> words{compiler_program(), "--report"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const ProcessOutcome outcome = outcome_of(words);
    nlohmann::ordered_json report = nlohmann::ordered_json::parse(outcome.output, nullptr, false);
    if (report.is_discarded()) {
        throw Error(ExitCode::unsupported,
                    text("The program '", words.front(), "' ended without a report (code ", outcome.code,
                         "); it may need its libHalide.so, or more memory."));
    }
    if (report.contains("error")) {
        throw Error(static_cast<ExitCode>(report.at("code").get<int>()),
                    report.at("error").get<std::string>());
    }
    return report;
}

}  // namespace fsd::command_line
