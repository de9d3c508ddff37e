// Names, targets and arguments of the kernels that are linked into this program.
#include "apps/fsdnet/kernel_listing.h"

#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "runtime/instruction_set.h"
#include "runtime/registry.h"
#include "runtime/shape_kernels.h"
#include "runtime/signature.h"
#include "toolkit/kernel_runs/scalar_arguments.h"

#include "instruction_set_table.h"
#include "toolkit/system/list_text.h"

#include <algorithm>
#include <iomanip>
#include <set>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;

std::string instruction_set_of(const std::string &target) {
    for (const InstructionSetRow &row : instruction_set_table) {
        if (target.rfind(row.target, 0) == 0) {
            return row.name;
        }
    }
    return target;
}

// The registry's kernels; all for an empty op.
std::vector<const Kernel *> chosen(const std::string &op) {
    std::vector<const Kernel *> result;
    for (const Kernel &kernel : kernels()) {
        if (op.empty() || kernel.op == op) {
            result.push_back(&kernel);
        }
    }
    if (result.empty()) {
        throw Error(ExitCode::usage,
                    text("There is no kernel for the operator '", op, "'; 'fsdnet kernels' lists all."));
    }
    return result;
}

// The op's kernels, one per schedule.
std::vector<std::string> names_of(const std::string &op) {
    std::vector<std::string> names;
    for (const Kernel *kernel : chosen(op)) {
        names.push_back(kernel->name);
    }
    return names;
}

std::string role_of(const halide_filter_argument_t &argument) {
    return argument.kind == halide_argument_kind_output_buffer  ? "output"
           : argument.kind == halide_argument_kind_input_scalar ? "scalar"
                                                                : "input";
}

Json describe(const Signature &signature, const halide_filter_argument_t &argument) {
    const ArgumentSignature &meant = argument_of(signature, argument.name);
    Json result = {{"name", argument.name},
                   {"role", role_of(argument)},
                   {"type", to_string(argument.type)},
                   {"axes", meant.axes},
                   {"meaning", meant.meaning}};
    const std::optional<double> fallback = default_of(argument.name);
    if (fallback && argument.kind == halide_argument_kind_input_scalar) {
        result["default"] = *fallback;
    }
    return result;
}

// The kernels that were adopted for one shape each.
Json shapes_of(const std::string &op) {
    Json shapes = Json::array();
    for (const ShapeKernel &kernel : shape_kernels_of(op)) {
        shapes.push_back({{"name", kernel.name},
                          {"target", kernel.family},
                          {"cpu", kernel.cpu},
                          {"in_force", fits_this_machine(kernel)}});
    }
    return shapes;
}

Json describe(const Kernel &kernel) {
    const Signature &signature = signature_of(kernel.op);
    Json arguments = Json::array();
    for (int i = 0; i < kernel.about->num_arguments; i++) {
        arguments.push_back(describe(signature, kernel.about->arguments[i]));
    }
    Json result = {{"name", kernel.name},
                   {"op", kernel.op},
                   {"schedule", kernel.schedule},
                   {"summary", signature.summary}};
    if (kernel.schedule == "cpu" || kernel.schedule == "tuned") {
        result["targets"] = split_list(FSDNET_CPU_TARGETS);
        result["target_in_force"] = instruction_set_in_force();
    } else {
        result["targets"] = {kernel.about->target};
    }
    if (kernel.schedule == "tuned") {
        result["shapes"] = shapes_of(kernel.op);
    }
    result["arguments"] = arguments;
    return result;
}

void add_line(std::ostream &out, const Json &argument) {
    const std::string type = argument["type"].get<std::string>() +
                             (argument["role"] == "scalar" ? "" : " [" + joined(argument["axes"]) + "]");
    out << "    " << std::left << std::setw(7) << argument["role"].get<std::string>() << std::setw(20)
        << argument["name"].get<std::string>() << ' ' << std::setw(48) << type << ' '
        << argument["meaning"].get<std::string>();
    if (argument.contains("default")) {
        out << " (default " << argument["default"].get<double>() << ')';
    }
    out << '\n';
}

}  // namespace

std::vector<std::string> compiled_instruction_sets() {
    std::vector<std::string> names;
    for (const std::string &target : split_list(FSDNET_CPU_TARGETS)) {
        names.push_back(instruction_set_of(target));
    }
    return names;
}

std::string instruction_set_in_force() {
    const std::vector<std::string> runnable = instruction_sets();
    for (const std::string &name : compiled_instruction_sets()) {
        if (std::find(runnable.begin(), runnable.end(), name) != runnable.end()) {
            return name;
        }
    }
    return "none";
}

Json describe_kernels(const std::string &op) {
    Json list = Json::array();
    for (const Kernel *kernel : chosen(op)) {
        list.push_back(describe(*kernel));
    }
    return {{"instruction_sets",
             {{"compiled", compiled_instruction_sets()},
              {"machine", instruction_sets()},
              {"in_force", instruction_set_in_force()}}},
            {"kernels", list}};
}

std::string table_of_kernels(const std::string &op) {
    const Json all = describe_kernels(op);
    std::set<std::string> told;
    std::ostringstream out;
    for (const Json &kernel : all["kernels"]) {
        const std::string name = kernel["op"].get<std::string>();
        if (!told.insert(name).second) {
            continue;
        }
        out << joined(names_of(name)) << "  (operator " << name << ")\n    "
            << kernel["summary"].get<std::string>() << '\n';
        for (const Json &argument : kernel["arguments"]) {
            add_line(out, argument);
        }
        for (const Json &shape : shapes_of(name)) {
            out << "    a kernel of its own for " << shape["name"].get<std::string>() << " on "
                << shape["cpu"].get<std::string>()
                << (shape["in_force"].get<bool>() ? ": in force here\n" : ": not in force here\n");
        }
        out << '\n';
    }
    const Json &sets = all["instruction_sets"];
    out << all["kernels"].size() << (all["kernels"].size() == 1 ? " kernel" : " kernels")
        << ". CPU kernels are compiled for " << joined(sets["compiled"])
        << "; in force here: " << sets["in_force"].get<std::string>() << ".\n"
        << "Axes are written outermost first, as in NumPy's C order; the last axis is the state.\n"
        << "An array may leave out the axis `group` (one group) and then leading axes (extent 1); surplus "
           "leading\n"
        << "axes are collapsed into `site` or `sample`. Results are given back the same way.\n";
    return out.str();
}

}  // namespace fsd::command_line
