// NVIDIA's driver, libcuda.so.1, as far as Halide's runtime and this project call it (CUDA driver API): one
// device, whose kernels are run by the CPU. It stands in for a GPU in tests of what is computed; it says
// nothing about speed.
//
// Where the specification leaves the result open - threads that race, memory out of bounds, launches that no
// GPU takes - a call fails and the reason goes to stderr. Where the variable EMULATED_CUDA_CHECKS_EXIT is
// set, a program that ends with a context still alive is ended with status 99.
#include "tests/cuda/driver.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace fsd::testing::cuda {

namespace {

constexpr int version = 12040;
constexpr std::uint32_t most_threads = 1024, most_threads_z = 64, most_blocks_yz = 65535;
constexpr std::size_t most_shared = 48 * 1024;

}  // namespace

// Never destroyed: programs call a driver until their last moment.
Driver &driver = *new Driver;

namespace {

struct AtExit {
    ~AtExit() {
        const char *checks = std::getenv("EMULATED_CUDA_CHECKS_EXIT");
        if (checks && *checks && !driver.contexts.empty()) {
            std::fputs("The emulated CUDA device: the program ends with a context still alive.\n", stderr);
            _exit(99);
        }
    }
} at_exit;

// A thread's stack of contexts. Without a destructor, for the same reason.
struct ContextStack {
    std::array<Context *, 16> contexts{};
    std::size_t depth = 0;
};
thread_local ContextStack current;

}  // namespace

Context *current_context() {
    return current.depth == 0 ? nullptr : current.contexts[current.depth - 1];
}

namespace {

int push(Context *context) {
    if (current.depth == current.contexts.size()) {
        return invalid_context;
    }
    current.contexts[current.depth++] = context;
    return success;
}

void check(const Launch &launch) {
    const Extents &threads = launch.threads, &blocks = launch.blocks;
    const std::uint64_t size = std::uint64_t{threads.x} * threads.y * threads.z;
    if (size == 0 || size > most_threads || threads.z > most_threads_z) {
        throw Fault{invalid_value,
                    launch.kernel.name + ": no GPU takes a block of " + std::to_string(size) + " threads."};
    }
    if (blocks.x == 0 || blocks.y == 0 || blocks.z == 0 || blocks.x > 0x7fffffff ||
        blocks.y > most_blocks_yz || blocks.z > most_blocks_yz) {
        throw Fault{invalid_value, launch.kernel.name + ": no GPU takes " + std::to_string(blocks.x) + " x " +
                                       std::to_string(blocks.y) + " x " + std::to_string(blocks.z) +
                                       " blocks."};
    }
    if (launch.shared_bytes > most_shared) {
        throw Fault{invalid_value, launch.kernel.name + ": " + std::to_string(launch.shared_bytes) +
                                       " bytes of shared memory are more than 48 KiB."};
    }
}

int attribute(int which) {
    switch (which) {
    case 1:  // threads in a block
    case 2:
    case 3:
        return most_threads;
    case 4:
        return most_threads_z;
    case 5:  // blocks in a grid
        return 0x7fffffff;
    case 6:
    case 7:
        return most_blocks_yz;
    case 8:
        return most_shared;
    case 10:
        return warp;
    case 16:  // multiprocessors
        return 1;
    case 75:  // compute capability 8.0
        return 8;
    case 76:
        return 0;
    default:
        return 1;
    }
}

}  // namespace
}  // namespace fsd::testing::cuda

using namespace fsd::testing::cuda;

// The names are the driver's.
// NOLINTBEGIN(readability-identifier-naming)

EXPORTED cuInit(unsigned) {
    return success;
}
EXPORTED cuDriverGetVersion(int *result) {
    *result = version;
    return success;
}
EXPORTED cuDeviceGetCount(int *count) {
    *count = 1;
    return success;
}
EXPORTED cuDeviceGet(int *device, int ordinal) {
    *device = 0;
    return ordinal == 0 ? success : invalid_device;
}
EXPORTED cuDeviceGetAttribute(int *value, int which, int device) {
    *value = attribute(which);
    return device == 0 ? success : invalid_device;
}
EXPORTED cuDeviceGetName(char *name, int length, int device) {
    std::snprintf(name, static_cast<std::size_t>(length), "Emulated CUDA device");
    return device == 0 ? success : invalid_device;
}
EXPORTED cuDeviceTotalMem_v2(std::size_t *bytes, int device) {
    *bytes = DeviceMemory::capacity;
    return device == 0 ? success : invalid_device;
}

EXPORTED cuCtxCreate_v2(Context **context, unsigned, int device) {
    return guarded("cuCtxCreate", [&]() -> int {
        if (device != 0) {
            return invalid_device;
        }
        auto made = std::make_unique<Context>();
        *context = made.get();
        driver.contexts.emplace(*context, std::move(made));
        return push(*context);
    });
}
EXPORTED cuCtxDestroy_v2(Context *context) {
    return guarded("cuCtxDestroy", [&]() -> int {
        if (driver.contexts.count(context) == 0 || context == &driver.primary) {
            return invalid_context;
        }
        driver.destroy(context);
        if (current_context() == context) {
            current.depth--;
        }
        return success;
    });
}
EXPORTED cuDevicePrimaryCtxRetain(Context **context, int device) {
    return guarded("cuDevicePrimaryCtxRetain", [&]() -> int {
        if (device != 0) {
            return invalid_device;
        }
        driver.primary.holders++;
        driver.contexts.emplace(&driver.primary, nullptr);
        *context = &driver.primary;
        return success;
    });
}
EXPORTED cuDevicePrimaryCtxRelease_v2(int device) {
    return guarded("cuDevicePrimaryCtxRelease", [&]() -> int {
        if (device != 0 || driver.primary.holders == 0) {
            return invalid_context;
        }
        if (--driver.primary.holders == 0) {
            driver.destroy(&driver.primary);
        }
        return success;
    });
}
EXPORTED cuDevicePrimaryCtxRelease(int device) {
    return cuDevicePrimaryCtxRelease_v2(device);
}
EXPORTED cuCtxPushCurrent_v2(Context *context) {
    return guarded("cuCtxPushCurrent", [&]() -> int {
        return driver.contexts.count(context) == 0 ? invalid_context : push(context);
    });
}
EXPORTED cuCtxPopCurrent_v2(Context **context) {
    if (current.depth == 0) {
        return invalid_context;
    }
    *context = current_context();
    current.depth--;
    return success;
}
EXPORTED cuCtxSetCurrent(Context *context) {
    current.depth -= current.depth == 0 ? 0 : 1;
    return context ? cuCtxPushCurrent_v2(context) : success;
}
EXPORTED cuCtxGetCurrent(Context **context) {
    *context = current_context();
    return success;
}
EXPORTED cuCtxGetDevice(int *device) {
    *device = 0;
    return current_context() ? success : invalid_context;
}
EXPORTED cuCtxGetApiVersion(Context *, unsigned *result) {
    *result = version;
    return success;
}
EXPORTED cuCtxSynchronize() {
    return in_context("cuCtxSynchronize", [] { return success; });
}
EXPORTED cuStreamSynchronize(void *) {
    return in_context("cuStreamSynchronize", [] { return success; });
}
EXPORTED cuProfilerStop() {
    return success;
}

EXPORTED cuModuleLoadData(LoadedModule **module, const void *image) {
    return in_context("cuModuleLoadData", [&]() -> int {
        auto made = std::make_unique<LoadedModule>(
            LoadedModule{current_context(), assemble(static_cast<const char *>(image))});
        *module = made.get();
        driver.modules.emplace(*module, std::move(made));
        return success;
    });
}
EXPORTED cuModuleLoadDataEx(LoadedModule **module, const void *image, unsigned, const int *, void **) {
    return cuModuleLoadData(module, image);
}
EXPORTED cuModuleUnload(LoadedModule *module) {
    return in_context("cuModuleUnload",
                      [&]() -> int { return driver.modules.erase(module) == 0 ? invalid_value : success; });
}
EXPORTED cuModuleGetFunction(const AssembledKernel **kernel, LoadedModule *module, const char *name) {
    return in_context("cuModuleGetFunction", [&]() -> int {
        if (driver.modules.count(module) == 0) {
            return invalid_value;
        }
        const auto found = module->kernels.find(name);
        if (found == module->kernels.end()) {
            return not_found;
        }
        *kernel = &found->second;
        return success;
    });
}

EXPORTED cuLaunchKernel(const AssembledKernel *kernel, unsigned blocks_x, unsigned blocks_y,
                        unsigned blocks_z, unsigned threads_x, unsigned threads_y, unsigned threads_z,
                        unsigned shared_bytes, void *, void **parameters, void **) {
    return in_context("cuLaunchKernel", [&] {
        Launch launch{*kernel,
                      {blocks_x, blocks_y, blocks_z},
                      {threads_x, threads_y, threads_z},
                      shared_bytes,
                      {},
                      driver.memory,
                      {}};
        check(launch);
        launch.parameters.resize(kernel->parameter_bytes);
        for (std::size_t i = 0; i < kernel->parameters.size(); i++) {
            const Parameter &parameter = kernel->parameters[i];
            std::memcpy(launch.parameters.data() + parameter.offset, parameters[i], parameter.size);
        }
        try {
            run(launch);
        } catch (Fault &fault) {
            throw Fault{fault.code, kernel->name + ": " + fault.text};
        }
        return success;
    });
}

// NOLINTEND(readability-identifier-naming)
