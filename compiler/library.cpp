// One object file per instruction set, one with the C function and the numbers, Halide's runtime where the
// instruction set is chosen while running.
#include "compiler/library.h"

#include "compiler/autoscheduled.h"
#include "compiler/autoscheduler.h"
#include "compiler/c_names.h"
#include "compiler/cpu_schedule.h"
#include "compiler/device_header.h"
#include "compiler/dispatcher.h"
#include "compiler/embedded_code.h"
#include "compiler/entry_point.h"
#include "compiler/floating_point_mode.h"
#include "compiler/gpu_schedule.h"
#include "compiler/halide_reports.h"
#include "compiler/header_text.h"
#include "compiler/library_files.h"
#include "compiler/library_targets.h"
#include "compiler/tensor_bytes.h"
#include "generators/plain_formulas.h"
#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "runtime/formats/output_file.h"
#include "runtime/models/fingerprint.h"
#include "runtime/planning/planner.h"
#include "toolkit/system/work_folder.h"

#include <algorithm>
#include <filesystem>

namespace fsd::compiler {
namespace {

namespace fs = std::filesystem;
using Halide::Target;

class Compilation {
public:
    // `packed`: the numbers of the functions compiled before.
    using MakeStages = std::function<NetworkStages(const Target &target, const EntryText &function,
                                                   const Piece &piece, const std::vector<uint8_t> &packed)>;

    Compilation(const HeaderFacts &facts, const LibraryOptions &options, LibraryTargets targets,
                const Model &model, std::uint64_t fingerprint, MakeStages make_stages)
        : facts_(facts),
          options_(options),
          files_(prepare_library_files(options.folder, options.name)),
          make_stages_(std::move(make_stages)),
          layers_(model.layers.size()),
          pieces_(pieces_of(model)),
          targets_(std::move(targets.all)),
          entry_{options.name,
                 {},
                 facts.input.height,
                 facts.input.width,
                 facts.input.colors,
                 static_cast<int>(facts.results),
                 {},
                 1,
                 targets.device,
                 options.memory != MemoryPlace::stack,
                 fingerprint} {
        facts_.floats = options.floats;
        facts_.judge = options.judge;
        facts_.masked = options.masked;
        facts_.device = entry_.device;
        facts_.autoscheduler = options.autoscheduler;
        if (is_autoscheduled()) {
            // The usual beam of 32 takes Adams2019 minutes for a network of three layers.
            const bool has_beam = options.autoscheduler == "Adams2019";
            autoscheduler_ = load_autoscheduler(
                options.autoscheduler, has_beam ? std::map<std::string, std::string>{{"beam_size", "1"}}
                                                : std::map<std::string, std::string>());
        }
        facts_.memory = options.memory;
        facts_.memory_bytes = memory_alignment;  // where all tensors are small
        take_halide_reports(is_autoscheduled()
                                ? text("the network as ", options.autoscheduler, " schedules it")
                                : "the network",
                            is_autoscheduled() ? ExitCode::unsupported : ExitCode::internal);
    }

    Library run() {
        for (const EntryText &function : facts_.functions()) {
            compile_pipeline(function);
        }
        compile_entry();
        if (is_for_device()) {
            add(device_objects(entry_.device));
        } else {
            add_machine_code();
        }
        if (is_for_device() || is_autoscheduled() || targets_.size() > 1) {
            Halide::compile_standalone_runtime(folder_.file("fsdnet_halide_runtime.o"),
                                               targets_.back().without_feature(Target::NoRuntime));
        }
        return write();
    }

private:
    void compile_pipeline(const EntryText &function) {
        const std::string name = function.symbol() + "_pipeline";
        entry_.functions.push_back(
            {function.symbol(), name,
             function.numbers == InputNumbers::bytes ? Halide::Type(Halide::UInt(8)) : Halide::Float(32),
             function.form, is_autoscheduled() || is_in_pieces(function)});
        if (targets_.size() == 1) {
            pipeline(name, targets_.front(), function).compile(object(name));
            return;
        }
        std::vector<Version> versions;
        std::vector<Halide::Internal::LoweredArgument> arguments;
        for (const Target &target : targets_) {
            const std::string part = text(name, '_', versions.size());
            const Halide::Module module = pipeline(part, target, function);
            module.compile(object(part));
            arguments = module.get_function_by_name(part).args;
            versions.push_back({part, target});
        }
        dispatcher_module(name, arguments, versions).compile(object(name));
    }

    Halide::Module pipeline(const std::string &name, const Target &target, const EntryText &function) {
        if (is_in_pieces(function)) {
            return module_of_pieces(name, target, function);
        }
        const PlainFormulas plain(is_autoscheduled());
        NetworkStages network = make_stages_(target, function, {0, layers_, {}}, entry_.numbers);
        if (is_autoscheduled()) {
            return autoscheduled_pipeline(name, target, network);
        }
        if (is_for_device()) {
            facts_.device_bytes = schedule_for_gpu(network);
        } else {
            schedule_for_cpu(network, target);
        }
        Halide::Module module = lowered(network, name, target);
        if (is_for_device()) {
            return module;
        }
        account(place_tensors(module, options_.memory));
        if (has_own_floating_point_mode(target)) {
            keep_own_floating_point_mode(module);
        }
        return module;
    }

    Halide::Module lowered(const NetworkStages &network, const std::string &name, const Target &target) {
        entry_.numbers = network.packed_numbers;
        entry_.views = network.views();
        return Halide::Pipeline(network.outputs())
            .compile_to_module(network.inputs(), name, target, Halide::LinkageType::External);
    }

    // Judgements want the stages of all layers, and masks take other arguments.
    bool is_in_pieces(const EntryText &function) const {
        return pieces_.size() > 1 && function.form == EntryForm::plain && !is_for_device() &&
               !is_autoscheduled();
    }

    Halide::Module module_of_pieces(const std::string &name, const Target &target,
                                    const EntryText &function) {
        Halide::Module module(name, target.without_feature(Target::NoAsserts));
        std::vector<Piece> pieces = pieces_;
        TensorBytes bytes;
        for (std::size_t i = 0; i < pieces.size(); i++) {
            NetworkStages network = make_stages_(target, function, pieces[i], entry_.numbers);
            schedule_for_cpu(network, target);
            Halide::Module piece = lowered(network, text(name, "_piece", i), target);
            bytes.include(place_tensors(piece, options_.memory));
            for (const Halide::Internal::LoweredFunc &part : piece.functions()) {
                module.append(part);
            }
            module.set_any_strict_float(module.any_strict_float() || piece.any_strict_float());
            if (!network.is_last) {
                pieces[i + 1].entering = network.leaving;
            }
        }
        if (has_own_floating_point_mode(target)) {
            keep_own_floating_point_mode(module);
        }
        append_call_of_pieces(module, pieces, options_.memory, bytes);
        account(bytes);
        return module;
    }

    Halide::Module autoscheduled_pipeline(const std::string &name, const Target &target,
                                          NetworkStages &network) {
        entry_.numbers = network.packed_numbers;
        entry_.views = network.views();
        const std::string checked = name + "_checked";
        const Halide::Module module = autoscheduled_module(network, checked, target, autoscheduler_);
        module.compile(object(checked));
        return calling_module(network, name, checked, module.get_function_by_name(checked).args, target);
    }

    void account(const TensorBytes &bytes) {
        bytes.check();
        facts_.stack_bytes = std::max(facts_.stack_bytes, bytes.stack);
        facts_.memory_bytes = std::max(facts_.memory_bytes, bytes.memory);
    }

    void compile_entry() {
        const auto plain = [](const Target &target) {
            return target.with_feature(Target::NoRuntime).without_feature(Target::NoAsserts);
        };
        entry_module(entry_, plain(widest())).compile(object(options_.name));
        for (const EntryFunction &function : entry_.functions) {
            call_module(entry_, function, plain(targets_.back())).compile(object(function.call()));
        }
    }

    bool is_for_device() const { return !entry_.device.empty(); }
    bool is_autoscheduled() const { return !options_.autoscheduler.empty(); }

    // The same for all networks, so that a program with several takes it from one of their libraries.
    void add(const std::vector<ObjectFile> &objects) {
        for (const ObjectFile &object : objects) {
            write_file(folder_.file(object.name), object.bytes);
        }
    }

    // What the pipelines ask of the machine, and set.
    void add_machine_code() {
        if (has_own_floating_point_mode(targets_.front())) {
            add({floating_point_object()});
        }
        if (targets_.size() > 1 && targets_.front().arch == Target::X86) {
            add({processor_state_object()});
        }
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
        const std::string header = header_text(facts_);
        const std::vector<std::string> objects = folder_.files();
        const std::string archive = folder_.file("library.a");
        Halide::create_static_library(objects, targets_.back(), archive);
        const std::string bytes = InputFile(archive).whole();

        Library library;
        library.library = files_.library;
        library.header = files_.header;
        for (const EntryText &function : facts_.functions()) {
            if (function.form != EntryForm::plain) {
                (function.form == EntryForm::judge ? library.judge : library.masked) = function.declaration();
                continue;
            }
            library.declarations.push_back(function.declaration());
            if (is_for_device()) {
                library.device_declarations.push_back(function.device_declaration());
            }
        }
        library.device = facts_.device;
        library.bytes = bytes.size();
        library.stack_bytes = facts_.stack_bytes;
        library.memory_bytes = options_.memory == MemoryPlace::stack ? 0 : facts_.memory_bytes;
        library.device_bytes = facts_.device_bytes;
        library.parameters = facts_.parameters;
        library.classes = facts_.classes.size();
        library.results = facts_.results;
        write_library_files(files_, bytes, header);
        return library;
    }

    HeaderFacts facts_;
    const LibraryOptions &options_;
    LibraryFiles files_;
    MakeStages make_stages_;
    std::size_t layers_;
    std::vector<Piece> pieces_;
    std::vector<Target> targets_;
    EntryPoint entry_;
    Halide::AutoschedulerParams autoscheduler_;
    WorkFolder folder_{"fsdnet-compile"};  // object files on their way into the library
};

void check_functions(const Model &model, const LibraryOptions &options, const LibraryTargets &targets) {
    if (!targets.device.empty() && (options.judge || options.masked)) {
        throw Error(ExitCode::unsupported,
                    text("Functions that judge or take masks are compiled for CPUs, and '",
                         options.targets.front(), "' is a GPU's target; the runtime has both on GPUs."));
    }
    if (!options.autoscheduler.empty() && (!targets.device.empty() || options.judge || options.masked ||
                                           options.memory != MemoryPlace::stack)) {
        throw Error(ExitCode::unsupported,
                    text("An autoscheduler schedules a network's result on CPUs, without --with, --memory "
                         "and a GPU's target; leave out --autoscheduler ",
                         options.autoscheduler, " for the rest."));
    }
    if (!targets.device.empty() && options.memory != MemoryPlace::stack) {
        throw Error(ExitCode::unsupported,
                    text("Where tensors lie is chosen for CPUs, and '", options.targets.front(),
                         "' is a GPU's target, which has memory of its own; leave '--memory' out."));
    }
    if (options.judge) {
        need_novelty(model);
    }
    if (options.masked) {
        need_unobserved_form(model);
    }
}

}  // namespace

Library compile_library(const Model &model, const LibraryOptions &options) {
    check_name(options.name);
    const LibraryTargets targets = parse_targets(options.targets);
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        stage_kind(model, index);  // or refuses
    }
    check_functions(model, options, targets);
    // For autoschedulers, too, each number is written once, by a definition of its own.
    const int lanes = !targets.device.empty()         ? gpu_lanes
                      : options.autoscheduler.empty() ? 0
                                                      : lanes_per_panel;
    const auto results = static_cast<std::size_t>(result_size(model));
    return Compilation(
               {options.name, options.targets, model.input, model.classes, results, model.parameter_count()},
               options, targets, model, fingerprint_of(model),
               [&](const Target &, const EntryText &function, const Piece &piece,
                   const std::vector<uint8_t> &packed) {
                   return NetworkStages(
                       model, {function.numbers, function.form, lanes, !options.autoscheduler.empty()}, piece,
                       packed);
               })
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
    if (!options.autoscheduler.empty()) {
        throw Error(
            ExitCode::unsupported,
            text("Networks of 8-bit integers have fsdnet's schedule alone: their sums are pairs of products "
                 "on packed words, which autoschedulers do not see; compile the model in float32 with "
                 "--autoscheduler ",
                 options.autoscheduler, "."));
    }
    if (options.floats) {
        throw Error(
            ExitCode::unsupported,
            "Networks of 8-bit integers take bytes; compile the model that is to take floats in float32.");
    }
    if (options.judge || options.masked) {
        throw Error(
            ExitCode::unsupported,
            "Networks of 8-bit integers have neither a judgement nor masks; compile the model that is "
            "to judge, or whose images are to have unobserved pixels, in float32.");
    }
    const Model &description = network.description;
    return Compilation({options.name, options.targets, description.input, description.classes,
                        description.classes.size(), network.parameter_count(), "8-bit integers"},
                       options, targets, description, fingerprint_of(network),
                       [&](const Target &target, const EntryText &, const Piece &piece,
                           const std::vector<uint8_t> &packed) {
                           return NetworkStages(network, products_of(target), piece, packed);
                       })
        .run();
}

}  // namespace fsd::compiler
