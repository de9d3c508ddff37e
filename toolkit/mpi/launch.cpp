// Reads what launchers leave in the environment, and loads the module.
#include "toolkit/mpi/launch.h"

#include "runtime/error.h"
#include "runtime/threads.h"
#include "toolkit/mpi/module.h"

#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace fsd {
namespace {

// The first of these variables that is a number above 0; else 1.
int number_from_environment(std::initializer_list<const char *> names) {
    for (const char *name : names) {
        const char *const word = std::getenv(name);
        const long number = word ? std::strtol(word, nullptr, 10) : 0;
        if (number > 0) {
            return static_cast<int>(std::min(number, 1L << 20));
        }
    }
    return 1;
}

// Beside the program, or where the installation has it.
void *load_module() {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const fs::path folder = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    std::string reason = "it is not there";
    for (const fs::path &place : {folder / "fsdnet_mpi.so", folder / "../libexec/fsdnet/fsdnet_mpi.so"}) {
        if (!fs::exists(place, ignored)) {
            continue;
        }
        // OpenMPI's own modules look for its symbols among the global ones.
        if (void *module = dlopen(place.c_str(), RTLD_NOW | RTLD_GLOBAL)) {
            return module;
        }
        reason = dlerror();
    }
    throw Error(ExitCode::unsupported,
                text("mpirun started ", launched_processes(),
                     " processes, and without the module fsdnet_mpi.so beside ", (folder / "fsdnet").string(),
                     " each would train by itself: ", reason,
                     ". Configure with -DFSDNET_MPI=ON, or start the program without mpirun."));
}

}  // namespace

int launched_processes() {
    return number_from_environment({"OMPI_COMM_WORLD_SIZE"});
}

int launched_processes_here() {
    return number_from_environment({"OMPI_COMM_WORLD_LOCAL_SIZE"});
}

int threads_of_process() {
    const auto cpus = static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
    return std::clamp(cpus / launched_processes_here(), 1, usable_cpus());
}

std::unique_ptr<Communicator> join_processes(std::function<bool()> is_to_stop) {
    if (launched_processes() == 1) {
        return nullptr;
    }
    void *const join = dlsym(load_module(), mpi_module_function);
    if (!join) {
        throw Error(ExitCode::unsupported,
                    "The module fsdnet_mpi.so belongs to another version of fsdnet; install both together.");
    }
    return std::unique_ptr<Communicator>(reinterpret_cast<JoinMpi *>(join)(std::move(is_to_stop)));
}

}  // namespace fsd
