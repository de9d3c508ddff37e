// Collects the kernels: Halide's registration files call halide_register_argv_and_metadata before main.
#include "runtime/registry.h"

#include "runtime/error.h"

#include <algorithm>

namespace fsd {
namespace {

std::vector<Kernel> &table() {
    static std::vector<Kernel> all;
    return all;
}

void add(int (*call)(void **), const halide_filter_metadata_t *about) {
    const std::string name = about->name;
    const std::size_t underscore = name.rfind('_');
    register_kernel({name, name.substr(0, underscore), name.substr(underscore + 1), call, about});
}

std::string schedules_of(const std::string &op) {
    std::string found;
    for (const Kernel &kernel : table()) {
        if (kernel.op == op) {
            found += (found.empty() ? "" : ", ") + kernel.schedule;
        }
    }
    return found.empty() ? "none" : found;
}

}  // namespace

void register_kernel(Kernel kernel) {
    auto place = std::lower_bound(table().begin(), table().end(), kernel,
                                  [](const Kernel &a, const Kernel &b) { return a.name < b.name; });
    table().insert(place, std::move(kernel));
}

const std::vector<Kernel> &kernels() {
    return table();
}

const Kernel *find_kernel(const std::string &op, const std::vector<std::string> &preferences) {
    for (const std::string &schedule : preferences) {
        for (const Kernel &kernel : table()) {
            if (kernel.op == op && kernel.schedule == schedule) {
                return &kernel;
            }
        }
    }
    return nullptr;
}

const Kernel &need_kernel(const std::string &op, const std::vector<std::string> &preferences) {
    if (const Kernel *kernel = find_kernel(op, preferences)) {
        return *kernel;
    }
    std::string wanted;
    for (const std::string &schedule : preferences) {
        wanted += (wanted.empty() ? "" : ", ") + schedule;
    }
    throw Error(ExitCode::unsupported, text("No kernel for the operator '", op, "' with the schedule ",
                                            wanted, " is linked into this program; schedules found: ",
                                            schedules_of(op), ". 'fsdnet kernels' lists all of them."));
}

}  // namespace fsd

extern "C" void halide_register_argv_and_metadata(int (*filter_argv_call)(void **),
                                                  const halide_filter_metadata_t *filter_metadata,
                                                  const char *const *) {
    fsd::add(filter_argv_call, filter_metadata);
}
