// The table of signatures and the arithmetic of shapes.
#include "runtime/signature.h"

#include "runtime/error.h"

#include <algorithm>

namespace fsd {
namespace {

std::map<std::string, Signature> &table() {
    static std::map<std::string, Signature> all;
    return all;
}

}  // namespace

SignatureOf::SignatureOf(Signature signature) {
    std::string op = signature.op;
    table().emplace(std::move(op), std::move(signature));
}

const Signature &signature_of(const std::string &op) {
    auto found = table().find(op);
    if (found == table().end()) {
        throw Error(ExitCode::unsupported,
                    text("There is no operator '", op, "'; 'fsdnet kernels' lists those that exist."));
    }
    return found->second;
}

const ArgumentSignature &argument_of(const Signature &signature, const std::string &name) {
    for (const ArgumentSignature &argument : signature.arguments) {
        if (argument.name == name) {
            return argument;
        }
    }
    throw Error(ExitCode::usage, text("The operator ", signature.op, " has no argument '", name, "'."));
}

void unify(const Signature &signature, const std::string &argument, const Shape &shape, Extents &extents) {
    const std::vector<std::string> &axes = argument_of(signature, argument).axes;
    if (axes.size() != shape.size()) {
        throw Error(ExitCode::bad_input, text("The argument '", argument, "' of ", signature.op, " has ",
                                              axes.size(), " axes; found shape ", to_string(shape), "."));
    }
    for (std::size_t i = 0; i < axes.size(); i++) {
        const auto [known, added] = extents.emplace(axes[i], shape[i]);
        if (!added && known->second != shape[i]) {
            throw Error(ExitCode::bad_input, text("The axis '", axes[i], "' of the argument '", argument,
                                                  "' of ", signature.op, " has extent ", shape[i], ", but ",
                                                  known->second, " was expected from the other arguments."));
        }
    }
}

Shape shape_of(const Signature &signature, const std::string &argument, const Extents &extents) {
    Shape shape;
    for (const std::string &axis : argument_of(signature, argument).axes) {
        auto found = extents.find(axis);
        if (found == extents.end()) {
            throw Error(ExitCode::usage,
                        text("The extent of the axis '", axis, "' of the argument '", argument, "' of ",
                             signature.op, " does not follow from the inputs; give it."));
        }
        shape.push_back(found->second);
    }
    return shape;
}

int window_positions(int extent, int window, int stride, int padding) {
    const int reach = extent + 2 * padding - window;
    return reach < 0 || stride < 1 ? 0 : reach / stride + 1;
}

int pool_positions(int extent, int window, int stride) {
    if (extent <= 0 || stride < 1) {
        return 0;
    }
    const int positions = std::max(0, extent - window + stride - 1) / stride + 1;
    return (positions - 1) * stride >= extent ? positions - 1 : positions;
}

}  // namespace fsd
