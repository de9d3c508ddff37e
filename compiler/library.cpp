// One object file per instruction set, one with the C function and the numbers, Halide's runtime where the
// instruction set is chosen while running.
#include "compiler/library.h"

#include "compiler/cpu_schedule.h"
#include "compiler/device_header.h"
#include "compiler/device_objects.h"
#include "compiler/entry_point.h"
#include "compiler/gpu_schedule.h"
#include "compiler/halide_reports.h"
#include "compiler/header_text.h"
#include "compiler/library_targets.h"
#include "compiler/stack_use.h"
#include "runtime/error.h"
#include "runtime/formats/output_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace fsd::compiler {
namespace {

namespace fs = std::filesystem;
using Halide::Target;

// An eighth of the usual stack of a thread.
constexpr std::size_t most_stack_bytes = std::size_t(1) << 20;

// Object files on their way into the library; disappears with them.
class WorkFolder {
public:
    WorkFolder() {
        std::string pattern = (fs::temp_directory_path() / "fsdnet-compile-XXXXXX").string();
        if (!mkdtemp(pattern.data())) {
            throw Error(ExitCode::bad_input,
                        text("No folder can be made in ", fs::temp_directory_path(), "."));
        }
        path_ = pattern;
    }
    ~WorkFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    WorkFolder(const WorkFolder &) = delete;
    WorkFolder &operator=(const WorkFolder &) = delete;

    std::string file(const std::string &name) const { return (path_ / name).string(); }

    // In alphabetical order.
    std::vector<std::string> files() const {
        std::vector<std::string> all;
        for (const fs::directory_entry &entry : fs::directory_iterator(path_)) {
            all.push_back(entry.path().string());
        }
        std::sort(all.begin(), all.end());
        return all;
    }

private:
    fs::path path_;
};

// A library and a header that do not belong together would be worse than none.
void write_both(const Library &library, const std::string &header, const std::string &bytes) {
    std::error_code ignored;
    fs::remove(library.library, ignored);
    write_file(library.header, header);
    try {
        write_file(library.library, bytes);
    } catch (...) {
        fs::remove(library.header, ignored);
        throw;
    }
}

std::string read_file(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class Compilation {
public:
    using MakeStages = std::function<NetworkStages(const Target &target)>;

    Compilation(const HeaderFacts &facts, const LibraryOptions &options, LibraryTargets targets,
                MakeStages make_stages)
        : facts_(facts),
          options_(options),
          make_stages_(std::move(make_stages)),
          targets_(std::move(targets.all)),
          entry_{options.name,
                 options.name + "_pipeline",
                 facts.input.height,
                 facts.input.width,
                 facts.input.colors,
                 static_cast<int>(facts.classes.size()),
                 {},
                 1,
                 targets.device} {
        facts_.device = entry_.device;
        take_halide_reports();
    }

    Library run() {
        compile_pipeline();
        compile_entry();
        if (is_for_device()) {
            add_device_runtime();
        }
        return write();
    }

private:
    void compile_pipeline() {
        std::vector<std::string> suffixes;
        for (std::size_t i = 0; i < targets_.size(); i++) {
            suffixes.push_back(std::to_string(i));
        }
        Halide::compile_multitarget(
            entry_.pipeline, object(entry_.pipeline), targets_, suffixes,
            [&](const std::string &name, const Target &target) { return pipeline(name, target); });
    }

    Halide::Module pipeline(const std::string &name, const Target &target) {
        if (options_.progress) {
            options_.progress(options_.targets[compiled_++]);
        }
        NetworkStages network = make_stages_(target);
        if (is_for_device()) {
            facts_.device_bytes = schedule_for_gpu(network);
        } else {
            schedule_for_cpu(network, target);
        }
        entry_.numbers = network.packed_numbers;
        const std::vector<Halide::Argument> inputs = network.inputs();
        entry_.views = static_cast<int>(inputs.size()) - 1;
        Halide::Module module = Halide::Pipeline(network.log_posterior)
                                    .compile_to_module(inputs, name, target, Halide::LinkageType::External);
        if (is_for_device()) {
            return module;
        }
        stack_bytes_ = std::max(stack_bytes_, stack_bytes(module.get_function_by_name(name)));
        if (stack_bytes_ > most_stack_bytes) {
            throw Error(ExitCode::unsupported,
                        text("The network's maps need ", stack_bytes_, " bytes of the stack, more than the ",
                             most_stack_bytes, " that a compiled network may use; run it with the runtime."));
        }
        return module;
    }

    void compile_entry() {
        const auto plain = [](const Target &target) {
            return target.with_feature(Target::NoRuntime).without_feature(Target::NoAsserts);
        };
        entry_module(entry_, plain(widest())).compile(object(options_.name));
        call_module(entry_, plain(targets_.back())).compile(object(entry_.call()));
    }

    bool is_for_device() const { return !entry_.device.empty(); }

    // The same for all networks, so that a program with several takes it from one of their libraries.
    void add_device_runtime() {
        for (const ObjectFile &object : device_objects(entry_.device)) {
            write_file(folder_.file(object.name), object.bytes);
        }
        Halide::compile_standalone_runtime(folder_.file("fsdnet_halide_runtime.o"),
                                           targets_.front().without_feature(Target::NoRuntime));
    }

    // With the longest vectors.
    const Target &widest() const {
        return *std::max_element(targets_.begin(), targets_.end(), [](const Target &a, const Target &b) {
            return a.natural_vector_size<float>() < b.natural_vector_size<float>();
        });
    }

    std::map<Halide::OutputFileType, std::string> object(const std::string &name) const {
        return {{Halide::OutputFileType::object, folder_.file(name + ".o")}};
    }

    Library write() {
        facts_.stack_bytes = stack_bytes_;
        const std::string header = header_text(facts_);
        const std::vector<std::string> objects = folder_.files();
        const std::string archive = folder_.file("library.a");
        Halide::create_static_library(objects, targets_.back(), archive);
        const std::string bytes = read_file(archive);

        const fs::path folder(options_.folder);
        std::error_code error;
        fs::create_directories(folder, error);
        if (!fs::is_directory(folder, error)) {
            throw Error(ExitCode::bad_input, text("The folder '", options_.folder, "' cannot be made: ",
                                                  error ? error.message() : "a file is there", "."));
        }
        Library library{(folder / ("lib" + options_.name + ".a")).string(),
                        (folder / (options_.name + ".h")).string(),
                        declaration(options_.name),
                        is_for_device() ? device_declaration(options_.name) : "",
                        facts_.device,
                        bytes.size(),
                        stack_bytes_,
                        facts_.device_bytes,
                        facts_.parameters,
                        facts_.classes.size()};
        write_both(library, header, bytes);
        return library;
    }

    HeaderFacts facts_;
    const LibraryOptions &options_;
    MakeStages make_stages_;
    std::vector<Target> targets_;
    EntryPoint entry_;
    WorkFolder folder_;
    std::size_t compiled_ = 0;
    std::size_t stack_bytes_ = 0;
};

}  // namespace

Library compile_library(const Model &model, const LibraryOptions &options) {
    check_name(options.name);
    const LibraryTargets targets = parse_targets(options.targets);
    const int lanes = targets.device.empty() ? 0 : gpu_lanes;
    return Compilation({options.name, options.targets, model.input, model.classes, model.parameter_count()},
                       options, targets, [&](const Target &) { return NetworkStages(model, lanes); })
        .run();
}

Library compile_library(const QuantizedNetwork &network, const LibraryOptions &options) {
    check_name(options.name);
    const LibraryTargets targets = parse_targets(options.targets);
    if (!targets.device.empty()) {
        throw Error(ExitCode::unsupported,
                    text("Networks of 8-bit integers are compiled for CPUs; compile the model that '",
                         options.targets.front(), "' is to run in float32."));
    }
    const Model &description = network.description;
    return Compilation({options.name, options.targets, description.input, description.classes,
                        network.parameter_count(), "8-bit integers"},
                       options, targets,
                       [&](const Target &target) { return NetworkStages(network, products_of(target)); })
        .run();
}

}  // namespace fsd::compiler
