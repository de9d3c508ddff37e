// fsdnet_compiler [--report] [--floats] [--judge] [--masked] [--autoscheduler NAME] [--memory
// stack|caller|static] MODEL NAME FOLDER TARGET...: makes FOLDER/libNAME.a and FOLDER/NAME.h.
//
// The part of `fsdnet compile` and of CMake's fsdnet_add_network() that needs Halide's compiler. With
// --report the standard output holds one JSON document, the result or the failure; without it a failure is a
// sentence on the standard error.
#include "compiler/library.h"
#include "compiler/supervision.h"
#include "runtime/error.h"

namespace {

using fsd::ExitCode;
using fsd::compiler::take;
using fsd::compiler::take_value;
using Json = nlohmann::ordered_json;

fsd::compiler::MemoryPlace take_memory(std::vector<std::string> &words) {
    using fsd::compiler::MemoryPlace;
    const std::string name = take_value(words, "--memory");
    if (!name.empty() && name != "stack" && name != "caller" && name != "static") {
        throw fsd::Error(ExitCode::usage,
                         fsd::text("--memory is 'stack', 'caller' or 'static'; found '", name, "'."));
    }
    return name == "caller"   ? MemoryPlace::caller
           : name == "static" ? MemoryPlace::fixed
                              : MemoryPlace::stack;
}

Json compile(std::vector<std::string> words) {
    fsd::compiler::LibraryOptions options;
    options.floats = take(words, "--floats");
    options.judge = take(words, "--judge");
    options.masked = take(words, "--masked");
    options.autoscheduler = take_value(words, "--autoscheduler");
    options.memory = take_memory(words);
    if (words.size() < 4) {
        throw fsd::Error(ExitCode::usage,
                         "usage: fsdnet_compiler [--report] [--floats] [--judge] [--masked] "
                         "[--autoscheduler NAME] [--memory stack|caller|static] MODEL NAME FOLDER TARGET...");
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
                   {"autoscheduler", options.autoscheduler},
                   {"targets", options.targets}});
    return report;
}

}  // namespace

int main(int count, char **arguments) {
    return fsd::compiler::supervised("fsdnet_compiler", count, arguments, compile);
}
