// `fsdnet compile`: a network as a static library and a C header.
#include "apps/fsdnet/compiler_process.h"
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/expected_result_option.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "runtime/formats/output_file.h"
#include "toolkit/networks/shared_library.h"
#include "toolkit/system/work_folder.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;

struct Compile {
    std::string model;
    std::string name;
    std::string folder = ".";
    std::vector<std::string> targets;
    bool floats = false;
    std::vector<std::string> functions;
    std::string autoscheduler;
    std::string memory = "stack";
    bool shared = false;
    ExpectedResult wanted;
    bool json = false;
};

// The file's name as a C function's: digits-2.safetensors gives digits_2, 8--bit network_8_bit.
std::string name_from(const std::string &model) {
    std::string name;
    for (const char character : std::filesystem::path(model).stem().string()) {
        const bool allowed = (character >= 'a' && character <= 'z') ||
                             (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9');
        if (allowed) {
            name += character;
        } else if (!name.empty() && name.back() != '_') {
            name += '_';
        }
    }
    return name.empty() || (name[0] >= '0' && name[0] <= '9') ? "network_" + name : name;
}

void print(const Json &report) {
    std::cout << "library   " << shown(report.at("library")) << ", "
              << report.at("library_bytes").get<std::size_t>() << " bytes\n"
              << "header    " << shown(report.at("header")) << "\n"
              << (report.contains("shared") ? "shared    " + shown(report.at("shared")) + "\n" : "")
              << "function  " << report.at("function").get<std::string>() << "\n";
    for (const char *other : {"floats_function", "judge_function", "masked_function", "device_function",
                              "floats_device_function"}) {
        if (report.contains(other)) {
            std::cout << "function  " << report.at(other).get<std::string>() << "\n";
        }
    }
    std::cout << "numbers   " << report.at("numbers").get<std::string>() << "\n";
    const auto autoscheduler = report.at("autoscheduler").get<std::string>();
    if (!autoscheduler.empty()) {
        std::cout << "schedule  " << autoscheduler << "\n";
    }
    const auto device = report.at("device").get<std::string>();
    if (device == "cpu" && autoscheduler.empty()) {
        std::cout << "stack     " << report.at("stack_bytes").get<std::size_t>() << " bytes\n";
        if (const auto bytes = report.at("memory_bytes").get<std::size_t>(); bytes > 0) {
            std::cout << "memory    " << bytes << " bytes\n";
        }
    } else if (device != "cpu") {
        std::cout << "device    " << device << ", about " << report.at("device_bytes").get<std::size_t>()
                  << " bytes of its memory per sample\n";
    }
    for (const Json &target : report.at("targets")) {
        std::cout << "target    " << shown(target) << "\n";
    }
}

// Whether --expect can run the library: its function on this machine's CPU.
void need_runnable(const Compile &options, const std::vector<std::string> &targets) {
    const auto runs_here = [](const std::string &target) {
        const bool on_device =
            target.find("opencl") != std::string::npos || target.find("cuda") != std::string::npos;
        return !on_device && (target.rfind("x86-64-linux", 0) == 0 || target.rfind("host", 0) == 0);
    };
    if (options.memory != "stack" || std::none_of(targets.begin(), targets.end(), runs_here)) {
        throw Error(ExitCode::usage,
                    "--expect runs the library on this machine's CPU with its tensors on the stack; leave it "
                    "out, or leave out --target and --memory.");
    }
}

// Whether fsdnet can run the library in the place of its kernels.
void need_callable(const Compile &options, const std::vector<std::string> &targets) {
    const bool on_device = targets.front().find("opencl") != std::string::npos ||
                           targets.front().find("cuda") != std::string::npos;
    if (options.memory != "stack" || on_device) {
        throw Error(
            ExitCode::usage,
            "--shared is for fsdnet itself, which calls functions of a CPU that have their tensors on "
            "the stack; leave it out, or leave out --target and --memory.");
    }
}

// What --expect asks of the library, read before anything is compiled.
struct Question {
    Tensor inputs, result;
    std::string suffix;  // of the function's name

    Question(const Compile &options, const std::string &path) : inputs(inputs_from(options.wanted.input)) {
        const StoredNetwork network = load_network(path);
        result = log_posteriors(network, inputs, "cpu");  // refuses what does not fit
        if (network.model.input.takes_bytes() && inputs.type() != halide_type_of<std::uint8_t>()) {
            suffix = "_floats";
            if (!options.floats) {
                throw Error(ExitCode::usage, "The numbers of --input are no bytes, and --floats makes the "
                                             "function that takes them; add it.");
            }
        }
    }
};

// Takes a library's files to the folder that was asked for, over what is there.
void put_in_place(const std::string &folder, Json &report) {
    std::error_code ignored;  // write_files() says what is wrong
    std::filesystem::create_directories(folder, ignored);
    std::vector<OutputFile> files;
    for (const char *key : {"library", "header", "shared"}) {
        if (!report.contains(key)) {
            continue;
        }
        const std::filesystem::path made = report.at(key).get<std::string>();
        files.push_back({std::filesystem::path(folder) / made.filename(), InputFile(made).whole()});
        report.at(key) = files.back().path;
    }
    write_files(files);
}

void check_library(const Compile &options, Question &asked, const std::string &name, const Json &report) {
    open_library(report.at("library").get<std::string>(), name + asked.suffix)
        .run(asked.inputs, asked.result);
    need_expected(asked.result, options.wanted);
}

void run(const Compile &options) {
    const std::string model = chosen_model(options.model);
    const std::string name = options.name.empty() ? name_from(model) : options.name;
    std::vector<std::string> arguments;
    if (options.floats) {
        arguments.emplace_back("--floats");
    }
    for (const char *function : {"judge", "masked"}) {
        if (std::count(options.functions.begin(), options.functions.end(), function) > 0) {
            arguments.push_back(std::string("--") + function);
        }
    }
    if (!options.autoscheduler.empty()) {
        arguments.insert(arguments.end(), {"--autoscheduler", options.autoscheduler});
    }
    const std::vector<std::string> all_targets = {FSDNET_NETWORK_TARGETS};
    const std::vector<std::string> &targets = options.targets.empty() ? all_targets : options.targets;
    std::optional<WorkFolder> work;  // where a library waits to be checked and linked
    std::optional<Question> asked;
    if (!options.wanted.expected.empty()) {
        need_runnable(options, targets);
        asked.emplace(options, model);
    }
    if (options.shared) {
        need_callable(options, targets);
    }
    if (asked || options.shared) {
        work.emplace("fsdnet-compile");
    }
    const std::string &folder = work ? work->path() : options.folder;
    arguments.insert(arguments.end(), {"--memory", options.memory, model, name, folder});
    arguments.insert(arguments.end(), targets.begin(), targets.end());
    Json report = run_compiler(arguments);
    if (asked) {
        check_library(options, *asked, name, report);
    }
    if (options.shared) {
        report["shared"] = work->file("lib" + name + ".so");
        link_shared(report.at("library").get<std::string>(), name, report.at("shared").get<std::string>());
    }
    if (work) {
        put_in_place(options.folder, report);
    }
    if (options.json) {
        print_json(report);
    } else {
        print(report);
    }
}

}  // namespace

void add_compile(CLI::App &program) {
    auto options = std::make_shared<Compile>();
    CLI::App &verb = add_verb(program, "compile", "Turn a network into a static library and a C header",
                              "fsdnet compile models/mnist-16-32.safetensors --name digits -o compiled");
    verb.add_option("model", options->model,
                    "The network's file, a model or what 'fsdnet quantize' wrote (default: the MNIST network "
                    "that comes with fsdnet)")
        ->type_name("FILE");
    verb.add_option(
            "--target", options->targets,
            "Instruction sets by Halide's names, the best first, the one for every machine last; 'host' "
            "is this machine's; for a GPU one alone, like x86-64-linux-opencl or host-cuda (default: all "
            "that "
            "fsdnet was built for)")
        ->type_name("T[,T...]")
        ->delimiter(',')
        ->allow_extra_args(false);
    verb.add_flag(
        "--floats", options->floats,
        "A second C function, <name>_floats, that takes floats in place of bytes (networks of vectors "
        "take nothing else)");
    verb.add_option(
            "--with", options->functions,
            "More C functions: 'judge' is <name>_judge, which gives novelty and p-value of each image "
            "(of a model that 'fsdnet train' or 'fsdnet calibrate' fitted them to), 'masked' is "
            "<name>_masked, for images with unobserved pixels (CPUs only)")
        ->type_name("judge,masked")
        ->delimiter(',')
        ->check(CLI::IsMember({"judge", "masked"}))
        ->allow_extra_args(false);
    verb.add_option(
            "--autoscheduler", options->autoscheduler,
            "Let one of Halide's autoschedulers schedule the network, sample by sample: Adams2019, Li2018 or "
            "Mullapudi2016 (default: fsdnet's schedule, which is faster)")
        ->type_name("NAME");
    verb.add_option(
            "--memory", options->memory,
            "Where the function has its tensors (CPUs only): on the 'stack' (refused beyond 1 MiB), in "
            "memory "
            "that the 'caller' gives as last argument, for a network of any size and threads with little "
            "stack, or in a 'static' buffer, for one call at a time; the header says how many bytes")
        ->type_name("stack|caller|static")
        ->check(CLI::IsMember({"stack", "caller", "static"}))
        ->capture_default_str();
    verb.add_flag(
        "--shared", options->shared,
        "Link lib<name>.so as well, by cc: what 'fsdnet evaluate --compiled' and NetworkOptions::compiled "
        "take in place of the kernels");
    verb.add_option("-o,--output", options->folder, "The folder for lib<name>.a and <name>.h")
        ->type_name("FOLDER")
        ->capture_default_str();
    verb.add_option("--name", options->name, "The C function's name (default: that of the network's file)");
    add_expected_result(verb, options->wanted);
    add_json_flag(verb, options->json);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
