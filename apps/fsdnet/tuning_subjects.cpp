// Reads shapes; plans the networks of models to see the shapes of their kernels.
#include "apps/fsdnet/tuning_subjects.h"

#include "apps/fsdnet/assignments.h"
#include "apps/fsdnet/verb.h"
#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/network.h"
#include "toolkit/training/description.h"
#include "toolkit/training/trainable_network.h"
#include "toolkit/tuning/compile.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/digest.h"
#include "toolkit/tuning/measurement.h"
#include "toolkit/tuning/record.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>

namespace fsd::command_line {
namespace {

using tuning::Subject;
using ShapesByOp = std::map<std::string, std::vector<Extents>>;

void require_known(const Signature &signature, const std::string &name, const std::string &shape) {
    for (const ArgumentSignature &argument : signature.arguments) {
        const bool scalar = argument.axes.empty() && argument.name == name;
        if (scalar || std::find(argument.axes.begin(), argument.axes.end(), name) != argument.axes.end()) {
            return;
        }
    }
    throw Error(ExitCode::usage, text("--shape ", shape, ": ", signature.op, " has no axis '", name,
                                      "'; 'fsdnet kernels' lists its arguments and their axes."));
}

Extents parse_shape(const std::string &op, const std::string &shape) {
    Extents extents;
    std::istringstream in(shape);
    for (std::string part; std::getline(in, part, ',');) {
        const auto [name, value] = split_assignment("--shape", part);
        require_known(signature_of(op), name, shape);
        std::istringstream digits(value);
        int extent = -1;
        if (!(digits >> extent) || !digits.eof() || extent < 0) {
            throw Error(ExitCode::usage, text("--shape ", shape, ": '", value, "' is no extent."));
        }
        extents[name] = extent;
    }
    tuning::estimates_of(op, extents);  // names an axis that is missing
    return extents;
}

// What the last layer with filters distinguishes.
int last_states(const Model &description) {
    int states = 0;
    for (const Layer &layer : description.layers) {
        if (layer.attributes.count("states") != 0) {
            states = layer.attribute("groups") * layer.attribute("states");
        }
    }
    return states;
}

// A description has no numbers; any will do.
Model model_or_description(const std::string &path) {
    if (std::filesystem::path(path).extension() != ".json") {
        return load_model(path);
    }
    Model description = read_description(path);
    if (description.classes.empty()) {
        description.classes.resize(static_cast<std::size_t>(last_states(description)), "class");
    }
    TrainableNetwork network(std::move(description));
    network.initialize(1);
    return network.model();
}

ShapesByOp shapes_of_models(const TuningJob &job) {
    ShapesByOp shapes;
    for (const std::string &path : job.models) {
        const Model model = model_or_description(path);
        for (const int batch : job.batches) {
            const Network network(model, {{"tuned", "cpu"}, true, batch});
            const std::vector<const Kernel *> kernels = network.kernels();
            const std::vector<Extents> extents = network.extents();
            for (std::size_t i = 0; i < kernels.size(); i++) {
                std::vector<Extents> &known = shapes[kernels[i]->op];
                if (std::find(known.begin(), known.end(), extents[i]) == known.end()) {
                    known.push_back(extents[i]);
                }
            }
        }
    }
    return shapes;
}

std::vector<Extents> known_shapes(const TuningJob &job, const tuning::BuildTree &tree,
                                  const std::string &family) {
    for (const tuning::Record &record :
         tuning::read_records(tuning::record_path(tree.source, job.op), job.op)) {
        if (record.subject.family == family) {
            return record.subject.shapes;
        }
    }
    return tuning::benchmark_shapes(tree, job.op, tree.work_folder(job.op));
}

ShapesByOp shapes_of(const TuningJob &job, const tuning::BuildTree &tree, const std::string &family) {
    ShapesByOp shapes = shapes_of_models(job);
    if (job.op.empty()) {
        return shapes;
    }
    std::vector<Extents> of_op = shapes[job.op];
    for (const std::string &shape : job.shapes) {
        of_op.push_back(parse_shape(job.op, shape));
    }
    if (of_op.empty() && !job.models.empty()) {
        throw Error(ExitCode::usage, text("No network of the given models uses ", job.op, "."));
    }
    return {{job.op, of_op.empty() ? known_shapes(job, tree, family) : of_op}};
}

// The family to tune for, which this machine must be able to run.
std::string family_of(const TuningJob &job, const tuning::BuildTree &tree) {
    const std::vector<std::string> runnable = tuning::families_of_this_machine();
    if (job.target.empty()) {
        return runnable.front();
    }
    tree.target(job.target);
    if (tuning::is_device(job.target)) {
        return chosen_device(job.target);
    }
    if (std::find(runnable.begin(), runnable.end(), job.target) == runnable.end()) {
        throw Error(ExitCode::unsupported, text("This machine cannot run kernels for ", job.target,
                                                "; it runs ", runnable.front(), " and less."));
    }
    return job.target;
}

}  // namespace

std::vector<Subject> subjects_of(const TuningJob &job, const tuning::BuildTree &tree) {
    if (job.op.empty() && (job.models.empty() || !job.shapes.empty())) {
        throw Error(ExitCode::usage,
                    "Name an operator, e.g. 'fsdnet tune kld_conv', or a network with --model.");
    }
    if (!job.op.empty()) {
        signature_of(job.op);
    }
    const std::string family = family_of(job, tree), machine = tuning::machine_of(family);
    std::vector<Subject> subjects;
    for (const auto &[op, shapes] : shapes_of(job, tree, family)) {
        const bool has_parameters = !tuning::Compiler(tree, op, family, job.limit).parameters().empty();
        if (has_parameters || !job.op.empty()) {
            subjects.push_back({op, family, machine,
                                tuning::source_digest(tree.source, op, tuning::schedules_of(family)),
                                job.threads, shapes});
        }
    }
    return subjects;
}

double seconds_from(const std::string &duration) {
    std::istringstream in(duration);
    double number = 0;
    std::string unit;
    const auto read = static_cast<bool>(in >> number);
    in >> unit;
    const std::map<std::string, double> units = {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}};
    const auto found = units.find(unit);
    if (!read || found == units.end() || !std::isfinite(number) || number <= 0) {
        throw Error(ExitCode::usage,
                    text("A duration is written 90, 90s, 10m or 1.5h; found '", duration, "'."));
    }
    return number * found->second;
}

}  // namespace fsd::command_line
