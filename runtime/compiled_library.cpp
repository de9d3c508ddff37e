// Loads a shared object and calls what is in it.
#include "runtime/compiled_library.h"

#include "runtime/error.h"

#include <dlfcn.h>

#include <utility>

namespace fsd {
namespace {

std::string name_of_file(const std::string &path) {
    const std::string file = path.substr(path.rfind('/') + 1);  // from 0 where there is none
    const std::string stem = file.substr(0, file.find('.'));
    return stem.rfind("lib", 0) == 0 ? stem.substr(3) : stem;
}

// A name without a slash would be looked for in the system's folders.
void *load(const std::string &path) {
    const bool has_folder = path.find('/') != std::string::npos;
    void *const loaded = dlopen((has_folder ? path : "./" + path).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!loaded) {
        throw Error(ExitCode::bad_input, text("The library ", path, " cannot be loaded: ", dlerror(),
                                              ". 'fsdnet compile --shared' makes one of a network."));
    }
    return loaded;
}

int status_of(void *function, const void *inputs, int samples, float *result) {
    using Function = int (*)(const void *inputs, int samples, float *result);
    return reinterpret_cast<Function>(function)(inputs, samples, result);
}

}  // namespace

CompiledLibrary::CompiledLibrary(const std::string &path, std::string function)
    : path_(path),
      function_(function.empty() ? name_of_file(path) : std::move(function)),
      object_(load(path)),
      address_(symbol(function_)),
      floats_(symbol(function_ + "_floats")) {
    if (!address_) {
        dlclose(object_);
        throw Error(ExitCode::bad_input,
                    "The library " + path + " has no function " + function_ +
                        "; the file must be called lib<name>.so, by the function that its header has.");
    }
}

CompiledLibrary::CompiledLibrary(CompiledLibrary &&other) noexcept
    : path_(std::move(other.path_)),
      function_(std::move(other.function_)),
      object_(std::exchange(other.object_, nullptr)),
      address_(other.address_),
      floats_(other.floats_) {}

CompiledLibrary::~CompiledLibrary() {
    if (object_) {
        dlclose(object_);
    }
}

void *CompiledLibrary::symbol(const std::string &name) const {
    return dlsym(object_, name.c_str());
}

void CompiledLibrary::need_made_of(std::uint64_t fingerprint) const {
    using Function = int (*)(std::uint64_t);
    const auto is_of = reinterpret_cast<Function>(symbol(function_ + "_is_of"));
    if (!is_of) {
        throw Error(ExitCode::bad_input, text("The library ", path_,
                                              " does not say what it was compiled of, as those of this "
                                              "fsdnet for CPUs and without --memory do; compile the "
                                              "network again."));
    }
    if (is_of(fingerprint) != 0) {
        throw Error(ExitCode::bad_input,
                    "The library " + path_ +
                        " was compiled of another network; compile this one with 'fsdnet compile --shared', "
                        "or take the file that it was compiled of.");
    }
}

int CompiledLibrary::status_of_run(const void *inputs, int samples, float *result) const {
    return status_of(address_, inputs, samples, result);
}

int CompiledLibrary::status_of_run_for_floats(const void *inputs, int samples, float *result) const {
    return status_of(floats_, inputs, samples, result);
}

void CompiledLibrary::run(const Tensor &inputs, Tensor &result) const {
    const int samples = inputs.dim(inputs.dimensions() - 1).extent();
    const int status = status_of_run(inputs.data(), samples, static_cast<float *>(result.data()));
    if (status != 0) {
        throw Error(ExitCode::check_failed, text("The compiled function ", function_, " gives status ",
                                                 status, "; its header says what that means."));
    }
}

}  // namespace fsd
