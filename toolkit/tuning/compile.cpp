// Runs the generator of the build tree and links its object file.
#include "toolkit/tuning/compile.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "toolkit/system/process.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/interruption.h"
#include "toolkit/tuning/shapes.h"

#include <filesystem>

namespace fsd::tuning {
namespace {

// The last line that says something: Halide's sentence.
std::string last_line(const std::string &output) {
    std::istringstream lines(output);
    std::string last;
    for (std::string line; std::getline(lines, line);) {
        last = line.empty() ? last : line;
    }
    return last.empty() ? "it said nothing" : last;
}

bool has_beam(const std::string &autoscheduler) {
    return autoscheduler == "Adams2019" || autoscheduler == "Anderson2021";
}

// Empty where the program did what it should.
std::string fault_of(const ProcessOutcome &outcome, const std::string &program, double limit) {
    if (outcome.timed_out) {
        return text(program, " was stopped after ", limit, " seconds.");
    }
    return outcome.code == 0
               ? ""
               : text(program, " failed with code ", outcome.code, ": ", last_line(outcome.output));
}

}  // namespace

Compiler::Compiler(BuildTree tree, std::string op, std::string family, double limit,
                   const volatile std::sig_atomic_t *stop)
    : tree_(std::move(tree)), op_(std::move(op)), family_(std::move(family)), limit_(limit), stop_(stop) {}

std::vector<ParameterChoices> Compiler::parameters() const {
    const std::string listing = tree_.work_folder(op_) + "/parameters.txt";
    std::filesystem::remove(listing);
    // A header wants no machine code, which takes half of a generator's time.
    std::vector<std::string> command = generator_command({}, {}, tree_.work_folder(op_), "c_header");
    command.push_back("parameter_listing=" + listing);
    const ProcessOutcome outcome = run_process(command, {limit_, stop_});
    end_if(outcome.stopped);
    if (outcome.output.find("parameter_listing") != std::string::npos) {
        return {};  // a generator without template does not know the word
    }
    const std::string fault = fault_of(outcome, "The generator of " + op_, limit_);
    if (!fault.empty()) {
        throw Error(ExitCode::unsupported, fault);
    }
    return read_parameter_listing(InputFile(listing).whole());
}

std::vector<std::string> Compiler::generator_command(const Candidate &candidate, const Extents &shape,
                                                     const std::string &folder,
                                                     const std::string &files) const {
    std::vector<std::string> command = {tree_.generator(op_, family_),
                                        "-g",
                                        op_,
                                        "-f",
                                        "candidate",
                                        "-n",
                                        "candidate",
                                        "-o",
                                        folder,
                                        "-e",
                                        files,
                                        "target=" + tree_.target(family_) + "-no_runtime"};
    if (!candidate.autoscheduler.empty()) {
        const auto plugin = tree_.autoschedulers.find(candidate.autoscheduler);
        if (plugin == tree_.autoschedulers.end()) {
            throw Error(ExitCode::unsupported,
                        text("This build knows no autoscheduler '", candidate.autoscheduler, "'."));
        }
        command.insert(command.end(), {"-p", plugin->second, "autoscheduler=" + plugin->first,
                                       "estimates=" + estimates_for(plugin->first, op_, shape)});
        if (!is_device(family_)) {
            command.emplace_back("autoscheduler.parallelism=1");
        }
        if (beam_ > 0 && has_beam(plugin->first)) {
            command.push_back("autoscheduler.beam_size=" + std::to_string(beam_));
        }
        if (sampling_) {
            command.push_back("autoscheduler.random_dropout=" + std::to_string(sampling_->dropout));
            command.push_back("autoscheduler.random_dropout_seed=" + std::to_string(sampling_->seed));
            if (!sampling_->weights.empty()) {
                command.push_back("autoscheduler.weights_path=" + sampling_->weights);
            }
        }
    } else if (!candidate.parameters.empty()) {
        command.push_back("parameters=" + candidate.name());
    }
    return command;
}

Compiled Compiler::compile(const Candidate &candidate, const Extents &shape) const {
    const std::string folder = tree_.work_folder(op_), object = folder + "/candidate.o";
    Compiled compiled;
    const auto step = [&](const std::vector<std::string> &command, const std::string &program) {
        if (compiled.fault.empty() && !compiled.stopped) {
            const ProcessOutcome outcome = run_process(command, {limit_, stop_});
            compiled.fault = fault_of(outcome, program, limit_);
            compiled.stopped = outcome.stopped;
        }
    };
    // A shared object that is mapped must not be written over: each has a name of its own.
    const std::string seen =
        candidate.autoscheduler.empty() ? "" : estimates_for(candidate.autoscheduler, op_, shape);
    const std::string search = sampling_ ? text(sampling_->weights, '#', sampling_->seed) : "";
    const std::string name = std::to_string(std::hash<std::string>{}(candidate.name() + seen + search));
    const std::string shared = text(folder, "/", family_, "-", name, ".so");
    std::filesystem::remove(object);
    const std::string files = candidate.autoscheduler.empty() ? "object"
                              : sampling_                     ? "object,schedule,featurization"
                                                              : "object,schedule";
    step(generator_command(candidate, shape, folder, files), "The generator");
    // Symbolic: the object's own functions come before those of the program that loads it.
    step({tree_.compiler, "-shared", "-Wl,-Bsymbolic", "-o", shared, object}, "The linker");
    compiled.object = compiled.fault.empty() && !compiled.stopped ? shared : "";
    if (!compiled.object.empty() && !candidate.autoscheduler.empty()) {
        compiled.schedule = InputFile(folder + "/candidate.schedule.h").whole();
    }
    return compiled;
}

}  // namespace fsd::tuning
