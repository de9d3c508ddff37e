// Looks for the plug-in in the folder of the library.
#include "compiler/autoscheduler.h"

#include "runtime/error.h"

#include <dlfcn.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace fsd::compiler {
namespace {

namespace fs = std::filesystem;

fs::path folder_of_halide() {
    Dl_info info{};
    dladdr(reinterpret_cast<const void *>(&Halide::load_plugin), &info);
    return info.dli_fname == nullptr ? fs::path() : fs::path(info.dli_fname).parent_path();
}

}  // namespace

Halide::AutoschedulerParams load_autoscheduler(const std::string &name,
                                               std::map<std::string, std::string> options) {
    if (name != "Adams2019" && name != "Li2018" && name != "Mullapudi2016") {
        throw Error(ExitCode::usage, text("Unknown autoscheduler '", name,
                                          "'; those for CPUs are Adams2019, Li2018 and Mullapudi2016."));
    }
    std::string file = "libautoschedule_" + name + ".so";
    std::transform(file.begin(), file.end(), file.begin(), [](unsigned char c) { return std::tolower(c); });
    const fs::path plugin = folder_of_halide() / file;
    std::error_code ignored;
    if (!fs::exists(plugin, ignored)) {
        throw Error(ExitCode::unsupported,
                    text("The autoscheduler ", name, " was looked for at '", plugin.string(),
                         "' and is not there; the component 'compiler' of 'cmake --install' brings it."));
    }
    Halide::load_plugin(plugin.string());
    options.emplace("parallelism", "1");
    return {name, options};
}

}  // namespace fsd::compiler
