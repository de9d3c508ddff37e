// One object file per instruction set, one with the C function, Halide's runtime.
#include "compiler/kernels/kernel_library.h"

#include "compiler/autoscheduler.h"
#include "compiler/c_names.h"
#include "compiler/dispatcher.h"
#include "compiler/embedded_code.h"
#include "compiler/halide_reports.h"
#include "compiler/kernels/kernel_interface.h"
#include "compiler/library_files.h"
#include "compiler/library_targets.h"
#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "runtime/formats/output_file.h"
#include "toolkit/system/work_folder.h"
#include "toolkit/tuning/shapes.h"

#include <filesystem>

namespace fsd::compiler {
namespace {

using Halide::Target;
using Halide::Internal::AbstractGeneratorPtr;
using Halide::Internal::GeneratorRegistry;

std::map<Halide::OutputFileType, std::string> object(const WorkFolder &folder, const std::string &name) {
    return {{Halide::OutputFileType::object, folder.file(name + ".o")}};
}

// What Halide's target says about everything but instructions is decided here.
std::vector<Target> targets_of(const std::vector<std::string> &names) {
    LibraryTargets targets = parse_targets(names);
    if (!targets.device.empty()) {
        throw Error(ExitCode::unsupported, text("Kernels for one shape are made for CPUs; the target '",
                                                names.front(), "' is a GPU's."));
    }
    for (Target &target : targets.all) {
        target = target.without_feature(Target::NoAsserts).without_feature(Target::NoBoundsQuery);
    }
    return targets.all;
}

class KernelCompilation {
public:
    explicit KernelCompilation(const KernelOptions &options)
        : options_(options),
          targets_(targets_of(options.targets)),
          files_(prepare_library_files(options.folder, options.name)) {
        if (!options.autoscheduler.empty()) {
            autoscheduler_ = load_autoscheduler(options.autoscheduler, options.autoscheduler_options);
        }
    }

    KernelLibrary run() {
        const std::string pipeline = options_.name + "_pipeline";
        std::vector<Version> versions;
        std::vector<Halide::Internal::LoweredArgument> lowered;
        for (const Target &target : targets_) {
            const std::string part = targets_.size() == 1 ? pipeline : text(pipeline, '_', versions.size());
            const Halide::Module module = version(part, target);
            module.compile(object(folder_, part));
            if (versions.empty()) {  // later ones get numbers behind their names
                lowered = module.get_function_by_name(part).args;
            }
            versions.push_back({part, target});
        }
        if (versions.size() > 1) {
            dispatcher_module(pipeline, lowered, versions).compile(object(folder_, pipeline));
            const ObjectFile state = processor_state_object();
            write_file(folder_.file(state.name), state.bytes);
        }
        const std::vector<KernelArgument> arguments = kernel_arguments(options_.op, options_.shape, lowered);
        kernel_entry(options_.name, pipeline, arguments, targets_.back())
            .compile(object(folder_, options_.name));
        Halide::compile_standalone_runtime(folder_.file("fsdnet_halide_runtime.o"),
                                           targets_.back().without_feature(Target::NoRuntime));
        const std::string archive = folder_.file("library.a");
        Halide::create_static_library(folder_.files(), targets_.back(), archive);
        const std::string bytes = InputFile(archive).whole();
        write_library_files(files_, bytes, kernel_header(options_, arguments));
        return {files_.library, files_.header, kernel_declaration(options_.name, arguments), bytes.size()};
    }

private:
    Halide::Module version(const std::string &name, const Target &target) const {
        const AbstractGeneratorPtr generator =
            GeneratorRegistry::create(options_.op, Halide::GeneratorContext(target, autoscheduler_));
        if (!autoscheduler_.name.empty()) {
            generator->set_generatorparam_value(
                "estimates", tuning::estimates_for(autoscheduler_.name, options_.op, options_.shape));
        } else if (!options_.parameters.empty()) {
            generator->set_generatorparam_value("parameters", options_.parameters);
        }
        return generator->build_module(name);
    }

    const KernelOptions &options_;
    std::vector<Target> targets_;
    LibraryFiles files_;
    Halide::AutoschedulerParams autoscheduler_;
    WorkFolder folder_{"fsdnet-kernel"};  // object files on their way into the library
};

}  // namespace

std::string kernel_parameters(const std::string &op, const std::string &target) {
    signature_of(op);
    take_halide_reports(text("the kernel ", op), ExitCode::unsupported);
    const AbstractGeneratorPtr generator =
        GeneratorRegistry::create(op, Halide::GeneratorContext(targets_of({target}).front()));
    const WorkFolder folder("fsdnet-kernel");
    const std::string listing = folder.file("parameters.txt");
    try {
        generator->set_generatorparam_value("parameter_listing", listing);
    } catch (const Error &) {
        return "";  // a generator without template does not know the word
    }
    generator->build_module(op);
    return InputFile(listing).whole();
}

KernelLibrary compile_kernel(const KernelOptions &options) {
    check_name(options.name);
    tuning::estimates_of(options.op, options.shape);  // names an axis that is missing
    if (!options.autoscheduler.empty() && !options.parameters.empty()) {
        throw Error(
            ExitCode::usage,
            "A kernel has either an autoscheduler's schedule or parameters of ours; both were given.");
    }
    take_halide_reports(text("the kernel ", options.name), ExitCode::unsupported);
    return KernelCompilation(options).run();
}

}  // namespace fsd::compiler
