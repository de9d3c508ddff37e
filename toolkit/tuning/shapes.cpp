// Asks the signatures of the operators.
#include "toolkit/tuning/shapes.h"

#include "runtime/error.h"
#include "toolkit/system/assignment_text.h"
#include "toolkit/system/list_text.h"
#include "toolkit/system/number_text.h"

#include <algorithm>

namespace fsd::tuning {

void require_axis(const std::string &op, const std::string &name, const std::string &what) {
    for (const ArgumentSignature &argument : signature_of(op).arguments) {
        const bool scalar = argument.axes.empty() && argument.name == name;
        if (scalar || std::find(argument.axes.begin(), argument.axes.end(), name) != argument.axes.end()) {
            return;
        }
    }
    throw Error(ExitCode::usage, text(what, ": ", op, " has no axis '", name,
                                      "'; 'fsdnet kernels' lists its arguments and their axes."));
}

Extents read_shape(const std::string &op, const std::string &option, const std::string &shape) {
    Extents extents;
    for (const std::string &part : split_list(shape)) {
        const auto [name, value] = split_assignment(option, part);
        require_axis(op, name, option + " " + shape);
        const std::optional<int> extent = whole_number<int>(value);
        if (extent.value_or(-1) < 0) {
            throw Error(ExitCode::usage, text(option, " ", shape, ": '", value, "' is no extent."));
        }
        extents[name] = *extent;
    }
    return extents;
}

std::string estimates_of(const std::string &op, Extents shape) {
    const Signature &signature = signature_of(op);
    if (signature.derive) {
        signature.derive(shape);
    }
    std::string out;
    for (const ArgumentSignature &argument : signature.arguments) {
        out += (out.empty() ? "" : "/") + argument.name;
        if (argument.axes.empty()) {
            const auto value = shape.find(argument.name);
            out += ":" + std::to_string(value == shape.end() ? 1 : value->second);
            continue;
        }
        const Shape extents = shape_of(signature, argument.name, shape);
        for (auto extent = extents.rbegin(); extent != extents.rend(); ++extent) {
            out += ":" + std::to_string(*extent);
        }
    }
    return out;
}

std::string estimates_for(const std::string &autoscheduler, const std::string &op, Extents shape) {
    if (autoscheduler == "Anderson2021") {
        constexpr int panel = 4, rest = 3;
        for (const char *axis : {"input", "output"}) {
            const auto extent = shape.find(axis);
            if (extent != shape.end() && extent->second % panel == 0) {
                extent->second += rest;
            }
        }
    }
    return estimates_of(op, std::move(shape));
}

}  // namespace fsd::tuning
