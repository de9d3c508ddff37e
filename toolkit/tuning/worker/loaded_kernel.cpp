// dlopen and the two functions that Halide writes for every kernel.
#include "toolkit/tuning/worker/loaded_kernel.h"

#include "runtime/error.h"

#include <dlfcn.h>

namespace fsd::tuning {
namespace {

template<typename Function>
Function *symbol(void *object, const std::string &path, const char *name) {
    auto *found = reinterpret_cast<Function *>(dlsym(object, name));
    if (found == nullptr) {
        throw Error(ExitCode::unsupported, text(path, " has no function ", name, "."));
    }
    return found;
}

}  // namespace

Kernel load_kernel(const std::string &path, const std::string &op, const std::string &device) {
    void *object = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (object == nullptr) {
        throw Error(ExitCode::unsupported, text("A candidate cannot be loaded: ", dlerror(), "."));
    }
    auto *call = symbol<int(void **)>(object, path, "candidate_argv");
    auto *about = symbol<const halide_filter_metadata_t *()>(object, path, "candidate_metadata");
    return {op + "_candidate", op, device.empty() ? "candidate" : device, call, about()};
}

}  // namespace fsd::tuning
