// Pointers to dense tensors, in the order of the operator's arguments.
#include "compiler/kernels/kernel_interface.h"

#include "compiler/c_call.h"
#include "compiler/c_names.h"
#include "runtime/error.h"
#include "toolkit/system/list_text.h"

namespace fsd::compiler {
namespace {

using namespace Halide::Internal;
using Halide::Expr;

constexpr int null_pointer = 2;  // as networks return

std::string c_type(const KernelArgument &argument) {
    const std::string number = halide_type_to_c_type(argument.lowered.type);
    if (argument.lowered.is_scalar()) {
        return number + " ";
    }
    return (argument.lowered.is_input() ? "const " : "") + number + " *";
}

// Pointers and the scalars that are not fixed.
Expr variable_of(const KernelArgument &argument) {
    const Halide::Type type = argument.lowered.type;
    return Variable::make(argument.lowered.is_scalar() ? type : Halide::Handle(), argument.lowered.name);
}

Expr passed(const KernelArgument &argument) {
    if (argument.is_fixed()) {
        return cast(argument.lowered.type, Expr(std::stoi(argument.value)));
    }
    if (argument.lowered.is_scalar()) {
        return variable_of(argument);
    }
    return dense_buffer(variable_of(argument), argument.lowered.type,
                        {argument.extents.begin(), argument.extents.end()});
}

std::string how(const KernelOptions &options) {
    if (!options.autoscheduler.empty()) {
        return "scheduled by Halide's " + options.autoscheduler;
    }
    return options.parameters.empty() ? "with fsdnet's schedule"
                                      : "with fsdnet's schedule, parameters " + options.parameters;
}

std::string shape_text(const Extents &shape) {
    std::string out;
    for (const auto &[axis, extent] : shape) {
        out += text(out.empty() ? "" : ", ", axis, "=", extent);
    }
    return out;
}

}  // namespace

std::size_t KernelArgument::size() const {
    std::size_t product = 1;
    for (const int extent : extents) {
        product *= static_cast<std::size_t>(extent);
    }
    return product;
}

std::vector<KernelArgument> kernel_arguments(const std::string &op, Extents shape,
                                             const std::vector<LoweredArgument> &lowered) {
    const Signature &signature = signature_of(op);
    if (signature.derive) {
        signature.derive(shape);
    }
    std::vector<KernelArgument> arguments;
    for (const LoweredArgument &given : lowered) {
        KernelArgument argument{given, "", {}, ""};
        const auto fixed = shape.find(given.name);
        if (given.is_scalar()) {
            argument.value = fixed != shape.end() && given.type.is_int() ? std::to_string(fixed->second) : "";
        } else {
            const std::vector<std::string> &axes = argument_of(signature, given.name).axes;
            const Shape extents = shape_of(signature, given.name, shape);
            for (std::size_t i = 0; i < axes.size(); i++) {
                argument.axes += text(i == 0 ? "" : ", ", axes[i], " ", extents[i]);
                argument.extents.insert(argument.extents.begin(), extents[i]);
            }
        }
        arguments.push_back(std::move(argument));
    }
    return arguments;
}

std::string kernel_declaration(const std::string &name, const std::vector<KernelArgument> &arguments) {
    std::string out;
    for (const KernelArgument &argument : arguments) {
        if (!argument.is_fixed()) {
            out += (out.empty() ? "" : ", ") + c_type(argument) + argument.lowered.name;
        }
    }
    return text("int ", name, "(", out, ")");
}

std::string kernel_header(const KernelOptions &options, const std::vector<KernelArgument> &arguments) {
    const Signature &signature = signature_of(options.op);
    const std::string macro = macro_prefix(options.name);
    std::string sizes, meanings;
    for (const KernelArgument &argument : arguments) {
        if (argument.is_fixed()) {
            continue;
        }
        const std::string &name = argument.lowered.name;
        if (argument.lowered.is_buffer()) {
            sizes += text("#define ", macro, "_", macro_prefix(name), "_SIZE ", argument.size(), "\n");
        }
        meanings += text(" *   ", name, argument.axes.empty() ? "" : " [" + argument.axes + "]", ": ",
                         argument_of(signature, name).meaning, "\n");
    }
    return text(
        "/* The operator ", options.op, " at one shape, compiled by fsdnet ", FSDNET_VERSION, ", ",
        how(options), ".\n * Shape: ", shape_text(options.shape), "\n * Link lib", options.name,
        ".a; it needs the C library and threads.\n",
        " * Instruction sets, the first of which that the machine has is taken: ",
        joined_list(options.targets, ",\n *     "), " */\n", "#ifndef FSDNET_KERNEL_", macro,
        "_H\n#define FSDNET_KERNEL_", macro, "_H\n\n",
        "#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n", sizes, "\n/* ",
        signature.summary, "\n", meanings,
        " * Dense tensors, the last axis innermost. Returns 0; 2 where a pointer is NULL (then nothing is\n"
        " * written). Where memory runs out it calls halide_error(), which ends the program unless\n"
        " * halide_set_error_handler() was told otherwise. Any number of threads may call it. */\n",
        kernel_declaration(options.name, arguments), ";\n\n", "#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
}

Halide::Module kernel_entry(const std::string &name, const std::string &pipeline,
                            const std::vector<KernelArgument> &arguments, const Halide::Target &target) {
    Expr all_there = const_true();
    std::vector<Expr> given, handed_on;
    for (const KernelArgument &argument : arguments) {
        handed_on.push_back(passed(argument));
        if (!argument.is_fixed()) {
            given.push_back(variable_of(argument));
        }
        if (argument.lowered.is_buffer()) {
            all_there = all_there && !is_null(variable_of(argument));
        }
    }
    Halide::Module module(name, target);
    module.append(LoweredFunc(name, scalars(given),
                              Block::make(require(all_there, null_pointer), call(pipeline, handed_on)),
                              Halide::LinkageType::External, Halide::NameMangling::C));
    return module;
}

}  // namespace fsd::compiler
