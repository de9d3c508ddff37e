// What the calls of the emulated driver share.
#pragma once

#include "tests/cuda/execution.h"

#include <cstdio>
#include <memory>
#include <mutex>

namespace fsd::testing::cuda {

struct Context {
    int holders = 0;  // of the primary context
};

struct LoadedModule {
    const Context *context;
    Module kernels;
};

class Driver {
public:
    std::mutex mutex;
    DeviceMemory memory;
    Context primary;
    std::map<const Context *, std::unique_ptr<Context>> contexts;  // the primary one: not owned
    std::map<const LoadedModule *, std::unique_ptr<LoadedModule>> modules;

    void destroy(const Context *context) {
        memory.release_all_of(context);
        for (auto at = modules.begin(); at != modules.end();) {
            at = at->second->context == context ? modules.erase(at) : std::next(at);
        }
        contexts.erase(context);
    }
};

extern Driver &driver;

// The current context of the calling thread, or null.
Context *current_context();

// One call at a time; what goes wrong is told.
template<typename Call>
int guarded(const char *name, Call call) {
    const std::lock_guard<std::mutex> lock(driver.mutex);
    try {
        return call();
    } catch (const Fault &fault) {
        std::fprintf(stderr, "The emulated CUDA device, %s: %s\n", name, fault.text.c_str());
        return fault.code;
    }
}

// The same for calls that need a current context.
template<typename Call>
int in_context(const char *name, Call call) {
    return guarded(name, [&]() -> int {
        if (!current_context() || driver.contexts.count(current_context()) == 0) {
            return invalid_context;
        }
        return call();
    });
}

}  // namespace fsd::testing::cuda

// A function of the driver.
#define EXPORTED extern "C" __attribute__((visibility("default"))) int
