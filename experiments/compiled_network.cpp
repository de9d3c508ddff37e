// The compiler as a process, the C compiler as the linker.
#include "experiments/compiled_network.h"

#include "runtime/error.h"
#include "toolkit/system/process.h"

#include <dlfcn.h>

#include <filesystem>
#include <vector>

namespace fsd::experiments {
namespace {

void run(const std::vector<std::string> &command) {
    const ProcessOutcome outcome = run_process(command);
    if (outcome.code != 0) {
        throw Error(ExitCode::unsupported, text("The program '", command.front(), "' ended with code ",
                                                outcome.code, ": ", outcome.output));
    }
}

}  // namespace

CompiledNetworks::Function CompiledNetworks::add(const Model &model, const std::string &name) {
    const std::string stored = folder_.file(name + ".safetensors"), object = folder_.file(name + ".so");
    save_model(model, stored);
    const auto compiler = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "fsdnet_compiler";
    run({compiler.string(), stored, name, folder_.path(), "host"});
    run({FSDNET_C_COMPILER, "-shared", "-o", object, "-Wl,--whole-archive", folder_.file("lib" + name + ".a"),
         "-Wl,--no-whole-archive"});
    void *const library = dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL);
    void *const function = library ? dlsym(library, name.c_str()) : nullptr;
    if (!function) {
        throw Error(ExitCode::unsupported,
                    text("The compiled network ", object, " cannot be loaded: ", dlerror()));
    }
    return reinterpret_cast<Function>(function);
}

}  // namespace fsd::experiments
