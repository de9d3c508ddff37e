// Compares the extents of a call's arguments with those that each kernel was made for.
#include "runtime/shape_kernels.h"

#include "runtime/instruction_set.h"
#include "runtime/system/processor.h"

#include <algorithm>
#include <sstream>

namespace fsd {
namespace {

// By operator; filled at static initialization.
std::vector<std::pair<std::string, const ShapeKernels *>> &table() {
    static std::vector<std::pair<std::string, const ShapeKernels *>> all;
    return all;
}

std::vector<std::string> parts(const std::string &text, char separator) {
    std::vector<std::string> found;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, separator);) {
        found.push_back(part);
    }
    return found;
}

bool is_integer(const halide_filter_argument_t &argument) {
    return argument.kind == halide_argument_kind_input_scalar && argument.type == halide_type_of<int32_t>();
}

bool has_extents(const halide_filter_argument_t &argument) {
    return argument.kind != halide_argument_kind_input_scalar || is_integer(argument);
}

std::vector<std::vector<int>> extents_from(const std::string &text, const halide_filter_metadata_t &about) {
    std::vector<std::vector<int>> extents(about.num_arguments);
    for (const std::string &entry : parts(text, '/')) {
        const std::vector<std::string> words = parts(entry, ':');
        for (int i = 0; i < about.num_arguments; i++) {
            if (words.front() == about.arguments[i].name && has_extents(about.arguments[i])) {
                std::transform(words.begin() + 1, words.end(), std::back_inserter(extents[i]),
                               [](const std::string &word) { return std::stoi(word); });
            }
        }
    }
    return extents;
}

bool is_equal(const halide_filter_argument_t &argument, const void *given, const std::vector<int> &extents) {
    if (!has_extents(argument)) {
        return true;
    }
    if (is_integer(argument)) {
        return extents.size() == 1 && *static_cast<const int32_t *>(given) == extents.front();
    }
    const auto &buffer = *static_cast<const halide_buffer_t *>(given);
    if (static_cast<std::size_t>(buffer.dimensions) != extents.size()) {
        return false;
    }
    for (int axis = 0; axis < buffer.dimensions; axis++) {
        if (buffer.dim[axis].extent != extents[static_cast<std::size_t>(axis)]) {
            return false;
        }
    }
    return true;
}

}  // namespace

ShapeKernels::ShapeKernels(const std::string &op, int (*general)(void **),
                           const halide_filter_metadata_t *about, int (*call)(void **),
                           std::vector<ShapeKernel> kernels)
    : general_(general), about_(about) {
    const std::string processor = processor_name();
    for (ShapeKernel &kernel : kernels) {
        const bool fits = kernel.cpu == processor;
        std::vector<std::vector<int>> extents = extents_from(kernel.extents, *about);
        entries_.push_back({std::move(kernel), std::move(extents), fits});
    }
    table().emplace_back(op, this);
    register_kernel({op + "_tuned", op, "tuned", call, about});
}

const ShapeKernels::Entry *ShapeKernels::find(void *const *arguments) const {
    for (const Entry &entry : entries_) {
        if (!entry.fits_processor || !is_family_in_force(entry.kernel.family.c_str())) {
            continue;
        }
        bool equal = true;
        for (int i = 0; equal && i < about_->num_arguments; i++) {
            equal = is_equal(about_->arguments[i], arguments[i], entry.extents[static_cast<std::size_t>(i)]);
        }
        if (equal) {
            return &entry;
        }
    }
    return nullptr;
}

int ShapeKernels::run(void **arguments) const {
    const Entry *entry = find(arguments);
    return entry ? entry->kernel.call(arguments) : general_(arguments);
}

std::vector<ShapeKernel> shape_kernels_of(const std::string &op) {
    std::vector<ShapeKernel> found;
    for (const auto &[name, kernels] : table()) {
        for (const ShapeKernels::Entry &entry : kernels->entries_) {
            if (name == op) {
                found.push_back(entry.kernel);
            }
        }
    }
    return found;
}

bool fits_this_machine(const ShapeKernel &kernel) {
    choose_instruction_set();
    return kernel.cpu == processor_name() && is_family_in_force(kernel.family.c_str());
}

const ShapeKernel *shape_kernel_in_force(const Kernel &kernel, void *const *arguments) {
    for (const auto &[name, kernels] : table()) {
        if (name == kernel.op && kernel.schedule == "tuned") {
            const ShapeKernels::Entry *entry = kernels->find(arguments);
            return entry ? &entry->kernel : nullptr;
        }
    }
    return nullptr;
}

}  // namespace fsd
