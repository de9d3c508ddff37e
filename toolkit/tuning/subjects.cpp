// Reads shapes; plans the networks of models to see the shapes of their kernels.
#include "toolkit/tuning/subjects.h"

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/models/activations.h"
#include "runtime/network.h"
#include "toolkit/training/description.h"
#include "toolkit/training/trainable_network.h"
#include "toolkit/tuning/compile.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/digest.h"
#include "toolkit/tuning/measurement.h"
#include "toolkit/tuning/record.h"
#include "toolkit/tuning/shapes.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace fsd::tuning {
namespace {

using ShapesByOp = std::map<std::string, std::vector<Extents>>;

// What the last layer with filters distinguishes.
// A description has no numbers; any will do.
Model model_or_description(const std::string &path) {
    if (std::filesystem::path(path).extension() != ".json") {
        return load_model(path);
    }
    Model description = read_description(path);
    const ActivationType end = activations(description).back();
    if (description.classes.empty() && end.kind == ActivationKind::log_probability) {
        description.classes.resize(static_cast<std::size_t>(end.shape.back()), "class");
    }
    TrainableNetwork network(std::move(description));
    network.initialize(1);
    return network.model();
}

ShapesByOp shapes_of_models(const SubjectsWanted &wanted) {
    ShapesByOp shapes;
    for (const std::string &path : wanted.models) {
        const Model model = model_or_description(path);
        for (const int batch : wanted.batches) {
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

std::vector<Extents> known_shapes(const SubjectsWanted &wanted, const BuildTree &tree,
                                  const std::string &family) {
    for (const Record &record : read_records(record_path(tree.source, wanted.op), wanted.op)) {
        if (record.subject.family == family) {
            return record.subject.shapes;
        }
    }
    return benchmark_shapes(tree, wanted.op, tree.work_folder(wanted.op));
}

ShapesByOp shapes_of(const SubjectsWanted &wanted, const BuildTree &tree, const std::string &family) {
    ShapesByOp shapes = shapes_of_models(wanted);
    if (wanted.op.empty()) {
        return shapes;
    }
    std::vector<Extents> of_op = shapes[wanted.op];
    for (const Extents &extents : wanted.shapes) {
        estimates_of(wanted.op, extents);  // names an axis that is missing
        of_op.push_back(extents);
    }
    if (of_op.empty() && !wanted.models.empty()) {
        throw Error(ExitCode::usage, text("No network of the given models uses ", wanted.op, "."));
    }
    return {{wanted.op, of_op.empty() ? known_shapes(wanted, tree, family) : of_op}};
}

// The family to tune for, which this machine must be able to run.
std::string family_of(const SubjectsWanted &wanted, const BuildTree &tree) {
    const std::vector<std::string> runnable = families_of_this_machine();
    if (wanted.target.empty()) {
        return runnable.front();
    }
    tree.target(wanted.target);
    if (is_device(wanted.target)) {
        return chosen_device(wanted.target);
    }
    if (std::find(runnable.begin(), runnable.end(), wanted.target) == runnable.end()) {
        throw Error(ExitCode::unsupported, text("This machine cannot run kernels for ", wanted.target,
                                                "; it runs ", runnable.front(), " and less."));
    }
    return wanted.target;
}

}  // namespace

std::vector<Subject> subjects_of(const SubjectsWanted &wanted, const BuildTree &tree) {
    if (wanted.op.empty() && (wanted.models.empty() || !wanted.shapes.empty())) {
        throw Error(ExitCode::usage,
                    "Name an operator, e.g. 'fsdnet tune kld_conv', or a network with --model.");
    }
    if (!wanted.op.empty()) {
        signature_of(wanted.op);
    }
    const std::string family = family_of(wanted, tree), machine = machine_of(family);
    std::vector<Subject> subjects;
    for (const auto &[op, shapes] : shapes_of(wanted, tree, family)) {
        // Only the generator knows, which takes seconds.
        if (!wanted.op.empty() || !Compiler(tree, op, family, wanted.limit).parameters().empty()) {
            subjects.push_back({op, family, machine, source_digest(tree.source, op, schedules_of(family)),
                                wanted.threads, shapes});
        }
    }
    return subjects;
}

}  // namespace fsd::tuning
