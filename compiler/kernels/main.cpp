// fsdnet_kernel_compiler [--report] [--autoscheduler NAME [--options NAME=VALUE,...] | --parameters
// NAME:VALUE,...]
//     OPERATOR AXIS=EXTENT,... NAME FOLDER TARGET...
// makes FOLDER/libNAME.a and FOLDER/NAME.h of an operator at one shape;
// fsdnet_kernel_compiler --list OPERATOR TARGET
// prints the parameters of the operator's schedule: name, default, choices.
//
// All generators in one program, for CMake's fsdnet_add_kernel(). With --report the standard output holds one
// JSON document, the result or the failure; without it a failure is a sentence on the standard error.
#include "compiler/kernels/kernel_library.h"
#include "compiler/supervision.h"
#include "runtime/error.h"
#include "toolkit/system/assignment_text.h"
#include "toolkit/system/list_text.h"
#include "toolkit/tuning/shapes.h"

#include <iostream>

namespace {

using fsd::compiler::take;
using fsd::compiler::take_value;
using Json = nlohmann::ordered_json;

constexpr const char *usage =
    "usage: fsdnet_kernel_compiler [--report] [--autoscheduler NAME [--options NAME=VALUE,...] | "
    "--parameters NAME:VALUE,...] OPERATOR AXIS=EXTENT,... NAME FOLDER TARGET..., or "
    "fsdnet_kernel_compiler --list OPERATOR TARGET";

Json compile(std::vector<std::string> words) {
    if (take(words, "--list") && words.size() == 2) {
        const std::string parameters = fsd::compiler::kernel_parameters(words[0], words[1]);
        std::cout << parameters << std::flush;
        return Json{{"parameters", parameters}};
    }
    fsd::compiler::KernelOptions options;
    options.autoscheduler = take_value(words, "--autoscheduler");
    for (const std::string &part : fsd::split_list(take_value(words, "--options"))) {
        options.autoscheduler_options.insert(fsd::split_assignment("--options", part));
    }
    options.parameters = take_value(words, "--parameters");
    if (words.size() < 5) {
        throw fsd::Error(fsd::ExitCode::usage, usage);
    }
    options.op = words[0];
    options.shape = fsd::tuning::read_shape(options.op, "SHAPE", words[1]);
    options.name = words[2];
    options.folder = words[3];
    options.targets.assign(words.begin() + 4, words.end());
    const fsd::compiler::KernelLibrary library = fsd::compiler::compile_kernel(options);
    return Json{{"library", library.library},
                {"header", library.header},
                {"function", library.declaration},
                {"library_bytes", library.bytes},
                {"targets", options.targets}};
}

}  // namespace

int main(int count, char **arguments) {
    return fsd::compiler::supervised("fsdnet_kernel_compiler", count, arguments, compile);
}
