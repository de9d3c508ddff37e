// Links a static library into a shared object and loads that.
#include "toolkit/profiling/compiled_library.h"

#include "runtime/error.h"
#include "toolkit/npy/close_numbers.h"
#include "toolkit/system/process.h"
#include "toolkit/system/work_folder.h"

#include <dlfcn.h>

#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

std::string name_of_file(const std::string &path) {
    const std::string file = fs::path(path).filename().string();
    const std::string stem = file.substr(0, file.find('.'));
    return stem.rfind("lib", 0) == 0 ? stem.substr(3) : stem;
}

void link(const std::string &library, const std::string &object) {
    const ProcessOutcome outcome = run_process({"cc", "-shared", "-o", object, "-Wl,--whole-archive",
                                                fs::absolute(library).string(), "-Wl,--no-whole-archive"});
    if (outcome.code != 0) {
        throw Error(ExitCode::bad_input,
                    text("The static library ", library, " could not be linked; cc says: ",
                         outcome.output.substr(0, outcome.output.find('\n'))));
    }
}

void *load(const std::string &path, const std::string &object) {
    void *const loaded = dlopen(fs::absolute(object).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!loaded) {
        throw Error(ExitCode::bad_input, text("The library ", path, " cannot be loaded: ", dlerror(), "."));
    }
    return loaded;
}

}  // namespace

CompiledLibrary::CompiledLibrary(const std::string &path, std::string function)
    : function_(function.empty() ? name_of_file(path) : std::move(function)) {
    if (!fs::is_regular_file(path)) {
        throw Error(ExitCode::bad_input,
                    text("There is no library ", path, ". 'fsdnet compile' makes one of a model."));
    }
    if (fs::path(path).extension() == ".a") {
        const WorkFolder folder("fsdnet-bench");
        link(path, folder.file("network.so"));
        object_ = load(path, folder.file("network.so"));
    } else {
        object_ = load(path, path);
    }
    address_ = dlsym(object_, function_.c_str());
    if (!address_) {
        dlclose(object_);
        throw Error(ExitCode::bad_input, text("The library ", path, " has no function ", function_,
                                              "; its header says what it is called (--function)."));
    }
}

CompiledLibrary::~CompiledLibrary() {
    dlclose(object_);
}

void CompiledLibrary::run(const Tensor &inputs, Tensor &result) const {
    using Function = int (*)(const void *inputs, int samples, float *result);
    const int samples = inputs.dim(inputs.dimensions() - 1).extent();
    const int status =
        reinterpret_cast<Function>(address_)(inputs.data(), samples, static_cast<float *>(result.data()));
    if (status != 0) {
        throw Error(ExitCode::check_failed, text("The compiled function ", function_, " gives status ",
                                                 status, "; its header says what that means."));
    }
}

void need_same_result(const CompiledLibrary &library, const Tensor &inputs, const Tensor &expected) {
    constexpr double tolerance = 1e-4;
    Tensor result = make_tensor<float>(shape_of(expected));
    library.run(inputs, result);
    need_close(result, expected, tolerance, tolerance);
}

}  // namespace fsd
