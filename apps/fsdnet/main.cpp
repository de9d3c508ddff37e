// The command line `fsdnet`: names the verbs, and turns every failure into a sentence and an exit code.
#include "apps/fsdnet/progress_line.h"
#include "apps/fsdnet/suggestion.h"
#include "apps/fsdnet/texts/text_verbs.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/failure.h"
#include "runtime/formats/printable_text.h"
#include "runtime/threads.h"
#include "toolkit/mpi/launch.h"

#include <CLI/CLI.hpp>
#include <opencv2/core/utility.hpp>

#include <cstdio>
#include <iostream>

namespace {

using fsd::ExitCode;

constexpr const char *not_written = "The result could not be written to the standard output.";

int fail(ExitCode code, const char *sentence) {
    std::fprintf(stderr, "fsdnet: %s\n", sentence);
    return static_cast<int>(code);
}

// CLI11 reports --help and --version as exceptions, too; those are successes.
int finish(const CLI::App &app, const CLI::ParseError &event) {
    if (event.get_exit_code() == 0) {
        app.exit(event);
        return std::cout.flush() ? 0 : fail(ExitCode::bad_input, not_written);
    }
    const std::string unknown = fsd::command_line::unknown_word(app);
    const std::string sentence = unknown.empty() ? fsd::printable_text(event.what()) : unknown;
    const char *const end = sentence.back() == '?' ? "" : ".";
    return fail(ExitCode::usage,
                fsd::text(sentence, end, " Run with --help for the options and an example.").c_str());
}

void add_verbs(CLI::App &app) {
    fsd::command_line::describe_program(app);
    fsd::command_line::add_new(app);
    fsd::command_line::add_train(app);
    fsd::command_line::add_models(app);
    fsd::command_line::add_classify(app);
    fsd::command_line::add_evaluate(app);
    fsd::command_line::add_calibrate(app);
    fsd::command_line::add_inspect(app);
    fsd::command_line::add_analyze(app);
    fsd::command_line::add_export(app);
    fsd::command_line::add_import(app);
    fsd::command_line::add_compile(app);
    fsd::command_line::add_quantize(app);
    fsd::command_line::add_prune(app);
    fsd::command_line::add_bench(app);
    fsd::command_line::add_kernels(app);
    fsd::command_line::add_tune(app);
    fsd::command_line::add_demo(app);
    fsd::command_line::add_doctor(app);
    fsd::command_line::add_manual(app);
    fsd::command_line::add_completion(app);
}

int run(int count, char **arguments) {
    CLI::App app;
    add_verbs(app);
    fsd::set_threads(fsd::threads_of_process());
    cv::setNumThreads(0);  // its pool takes no notice of --threads, and fails where a thread is refused
    const fsd::command_line::ProgressLine progress;
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError &event) {
        return finish(app, event);
    }
    if (app.get_subcommands().empty()) {
        throw fsd::Error(ExitCode::usage, "A verb is missing; 'fsdnet --help' lists them.");
    }
    std::cout.flush();
    if (!std::cout) {
        throw fsd::Error(ExitCode::bad_input, not_written);
    }
    return 0;
}

}  // namespace

int main(int count, char **arguments) {
    try {
        return run(count, arguments);
    } catch (...) {
        static char sentence[8192];  // where memory is short the stack may be, too
        const ExitCode code = fsd::describe_failure(sentence, sizeof sentence);
        return fail(code, sentence);
    }
}
