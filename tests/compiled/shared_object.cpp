// One call of the compiler for all networks: nothing may clash.
#include "tests/compiled/shared_object.h"

#include <dlfcn.h>

#include <cstdlib>
#include <stdexcept>

namespace fsd::testing {

template<typename Network>
compiler::Library SharedObject::add_network(const Network &network, const std::string &name,
                                            const std::vector<std::string> &targets,
                                            compiler::LibraryOptions options) {
    options.name = name;
    options.targets = targets;
    options.folder = folder_.path();
    compiler::Library library = compiler::compile_library(network, options);
    names_ += " " + library.library;
    return library;
}

compiler::Library SharedObject::add(const Model &model, const std::string &name,
                                    const std::vector<std::string> &targets, bool floats) {
    compiler::LibraryOptions options;
    options.floats = floats;
    return add_network(model, name, targets, options);
}

compiler::Library SharedObject::add(const Model &model, const std::string &name,
                                    const std::vector<std::string> &targets,
                                    const compiler::LibraryOptions &functions) {
    return add_network(model, name, targets, functions);
}

compiler::Library SharedObject::add(const QuantizedNetwork &network, const std::string &name,
                                    const std::vector<std::string> &targets) {
    return add_network(network, name, targets, {});
}

void SharedObject::load() {
    const std::string object = folder_ / "networks.so";
    const std::string command = std::string(FSDNET_C_COMPILER) + " -shared -o " + object +
                                " -Wl,--whole-archive" + names_ + " -Wl,--no-whole-archive";
    if (std::system(command.c_str()) != 0) {
        throw std::runtime_error("failed: " + command);
    }
    handle_ = dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle_) {
        throw std::runtime_error(dlerror());
    }
}

void *SharedObject::symbol(const std::string &name) const {
    void *found = dlsym(handle_, name.c_str());
    if (!found) {
        throw std::runtime_error("the library has no function " + name);
    }
    return found;
}

}  // namespace fsd::testing
