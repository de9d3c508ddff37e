// fsdnet_compiler [--report] [--floats] MODEL NAME FOLDER TARGET...: makes FOLDER/libNAME.a and
// FOLDER/NAME.h.
//
// The part of `fsdnet compile` and of CMake's fsdnet_add_network() that needs Halide's compiler. With
// --report the standard output holds one JSON document, the result or the failure; without it a failure is a
// sentence on the standard error.
#include "compiler/library.h"
#include "runtime/error.h"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <iostream>

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

Json compile(std::vector<std::string> words) {
    const bool floats = take(words, "--floats");
    if (words.size() < 4) {
        throw fsd::Error(ExitCode::usage,
                         "usage: fsdnet_compiler [--report] [--floats] MODEL NAME FOLDER TARGET...");
    }
    fsd::compiler::LibraryOptions options;
    options.name = words[1];
    options.folder = words[2];
    options.floats = floats;
    options.targets.assign(words.begin() + 3, words.end());
    if (isatty(STDERR_FILENO) == 1) {
        options.progress = [](const std::string &what) { std::cerr << "compiling " << what << '\n'; };
    }
    const bool quantized = fsd::is_quantized(words[0]);
    const fsd::compiler::Library library =
        quantized ? fsd::compiler::compile_library(fsd::load_quantized(words[0]), options)
                  : fsd::compiler::compile_library(fsd::load_model(words[0]), options);
    Json report = {
        {"library", library.library}, {"header", library.header}, {"function", library.declarations[0]}};
    if (library.declarations.size() > 1) {
        report["floats_function"] = library.declarations[1];
    }
    if (!library.device.empty()) {
        report["device_function"] = library.device_declarations[0];
    }
    if (library.device_declarations.size() > 1) {
        report["floats_device_function"] = library.device_declarations[1];
    }
    report.update({{"library_bytes", library.bytes},
                   {"stack_bytes", library.stack_bytes},
                   {"device", library.device.empty() ? "cpu" : library.device},
                   {"device_bytes", library.device_bytes},
                   {"parameters", library.parameters},
                   {"classes", library.classes},
                   {"results", library.results},
                   {"numbers", quantized ? "8-bit integers" : "float32"},
                   {"targets", options.targets}});
    return report;
}

int fail(ExitCode code, const std::string &sentence, bool report) {
    if (report) {
        std::cout << Json{{"error", sentence}, {"code", static_cast<int>(code)}} << '\n';
    } else {
        std::cerr << "fsdnet_compiler: " << sentence << '\n';
    }
    return static_cast<int>(code);
}

}  // namespace

int main(int count, char **arguments) {
    std::vector<std::string> words(arguments + 1, arguments + count);
    const bool report = take(words, "--report");
    try {
        const Json result = compile(words);
        if (report) {
            std::cout << result << '\n';
        }
        return 0;
    } catch (const fsd::Error &error) {
        return fail(error.code(), error.what(), report);
    } catch (const std::bad_alloc &) {
        return fail(ExitCode::bad_input, "The network needs more memory than this machine has.", report);
    } catch (const std::exception &error) {
        return fail(ExitCode::internal, fsd::text("Internal fault: ", error.what(), " Please report it."),
                    report);
    }
}
