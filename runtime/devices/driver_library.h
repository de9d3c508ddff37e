// A driver's library, loaded for good: drivers keep threads, and unloading them under those crashes.
#pragma once

#include <dlfcn.h>

namespace fsd {

class DriverLibrary {
public:
    explicit DriverLibrary(const char *name) : library_(dlopen(name, RTLD_LAZY | RTLD_LOCAL)) {}

    // nullptr where the library, or the function, is not there.
    template<typename Function>
    Function function(const char *name) const {
        return library_ ? reinterpret_cast<Function>(dlsym(library_, name)) : nullptr;
    }

private:
    void *library_;
};

}  // namespace fsd
