// fsdnet_compiler [--report] [--floats] [--judge] [--masked] [--memory stack|caller|static] MODEL NAME FOLDER
// TARGET...: makes FOLDER/libNAME.a and FOLDER/NAME.h.
//
// The part of `fsdnet compile` and of CMake's fsdnet_add_network() that needs Halide's compiler. With
// --report the standard output holds one JSON document, the result or the failure; without it a failure is a
// sentence on the standard error.
#include "compiler/library.h"
#include "runtime/error.h"
#include "runtime/failure.h"
#include "toolkit/system/guarded_work.h"
#include "toolkit/system/work_folder.h"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <new>

namespace {

using fsd::ExitCode;
using Json = nlohmann::ordered_json;

// Takes a flag off the front of the words.
bool take(std::vector<std::string> &words, const std::string &flag) {
    const bool found = !words.empty() && words[0] == flag;
    if (found) {
        words.erase(words.begin());
    }
    return found;
}

fsd::compiler::MemoryPlace take_memory(std::vector<std::string> &words) {
    using fsd::compiler::MemoryPlace;
    if (words.size() < 2 || !take(words, "--memory")) {
        return MemoryPlace::stack;
    }
    const std::string name = words[0];
    words.erase(words.begin());
    if (name != "stack" && name != "caller" && name != "static") {
        throw fsd::Error(ExitCode::usage,
                         fsd::text("--memory is 'stack', 'caller' or 'static'; found '", name, "'."));
    }
    return name == "stack" ? MemoryPlace::stack : name == "caller" ? MemoryPlace::caller : MemoryPlace::fixed;
}

Json compile(std::vector<std::string> words) {
    fsd::compiler::LibraryOptions options;
    options.floats = take(words, "--floats");
    options.judge = take(words, "--judge");
    options.masked = take(words, "--masked");
    options.memory = take_memory(words);
    if (words.size() < 4) {
        throw fsd::Error(ExitCode::usage, "usage: fsdnet_compiler [--report] [--floats] [--judge] [--masked] "
                                          "[--memory stack|caller|static] MODEL NAME FOLDER TARGET...");
    }
    options.name = words[1];
    options.folder = words[2];
    options.targets.assign(words.begin() + 3, words.end());
    const bool quantized = fsd::is_quantized(words[0]);
    const fsd::compiler::Library library =
        quantized ? fsd::compiler::compile_library(fsd::load_quantized(words[0]), options)
                  : fsd::compiler::compile_library(fsd::load_model(words[0]), options);
    Json report = {
        {"library", library.library}, {"header", library.header}, {"function", library.declarations[0]}};
    if (library.declarations.size() > 1) {
        report["floats_function"] = library.declarations[1];
    }
    if (!library.judge.empty()) {
        report["judge_function"] = library.judge;
    }
    if (!library.masked.empty()) {
        report["masked_function"] = library.masked;
    }
    if (!library.device.empty()) {
        report["device_function"] = library.device_declarations[0];
    }
    if (library.device_declarations.size() > 1) {
        report["floats_device_function"] = library.device_declarations[1];
    }
    report.update({{"library_bytes", library.bytes},
                   {"stack_bytes", library.stack_bytes},
                   {"memory_bytes", library.memory_bytes},
                   {"device", library.device.empty() ? "cpu" : library.device},
                   {"device_bytes", library.device_bytes},
                   {"parameters", library.parameters},
                   {"classes", library.classes},
                   {"results", library.results},
                   {"numbers", quantized ? "8-bit integers" : "float32"},
                   {"targets", options.targets}});
    return report;
}

int fail(ExitCode code, const char *sentence, bool report) {
    if (!report) {
        std::fprintf(stderr, "fsdnet_compiler: %s\n", sentence);
        return static_cast<int>(code);
    }
    try {
        std::cout << Json{{"error", sentence}, {"code", static_cast<int>(code)}} << std::endl;
    } catch (const std::bad_alloc &) {
        std::printf(R"({"error": "%s", "code": %d})", fsd::no_memory_sentence, static_cast<int>(code));
        std::fflush(stdout);
    }
    return static_cast<int>(code);
}

// In the child: the result, or the failure in words.
int compile_and_tell(const std::vector<std::string> &words, bool report, const fsd::WorkFolder &folder) {
    try {
        setenv("TMPDIR", folder.path().c_str(), 1);
        const Json result = compile(words);
        if (report) {
            std::cout << result << '\n';
        }
        return 0;
    } catch (...) {
        static char sentence[8192];
        const ExitCode code = fsd::describe_failure(sentence, sizeof sentence);
        const std::string trouble = code == ExitCode::internal ? folder.trouble() : "";
        return trouble.empty() ? fail(code, sentence, report)
                               : fail(ExitCode::unsupported, trouble.c_str(), report);
    }
}

bool is_told(int code) {
    return code == 0 ||
           (code > static_cast<int>(ExitCode::check_failed) && code <= static_cast<int>(ExitCode::internal));
}

// LLVM ends the program where it cannot write, and whatever can happen to a program of this size may happen.
int supervise(const std::vector<std::string> &words, bool report) {
    fsd::WorkFolder folder("fsdnet-compiler");
    const int code =
        fsd::guarded_work([&] { return compile_and_tell(words, report, folder); }, [&] { folder.remove(); });
    if (is_told(code)) {
        return code;
    }
    std::string sentence = folder.trouble();
    if (sentence.empty()) {
        sentence = code > 128 ? fsd::text("Halide's compiler was ended by a signal: ", strsignal(code - 128),
                                          ". It may need more memory.")
                              : "Halide's compiler gave up; it may need more memory or space for temporary "
                                "files.";
    }
    return fail(ExitCode::unsupported, sentence.c_str(), report);
}

}  // namespace

int main(int count, char **arguments) {
    bool report = false;
    std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit shall fail
    try {
        std::vector<std::string> words(arguments + 1, arguments + count);
        report = take(words, "--report");
        if (report) {  // `fsdnet compile` waits for it
            fsd::end_with_parent();
        }
        return supervise(words, report);
    } catch (...) {
        static char sentence[8192];
        const ExitCode code = fsd::describe_failure(sentence, sizeof sentence);
        return fail(code, sentence, report);
    }
}
