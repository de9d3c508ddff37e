// Libraries are made and linked in a folder of the test.
#include "tests/compiled/device/network.h"

#include "tests/device_under_test.h"

#include <dlfcn.h>

#include <cstdlib>
#include <stdexcept>

namespace fsd::testing {

void DeviceObject::add(const Model &model, const std::string &name) {
    compiler::LibraryOptions options;
    options.name = name;
    options.targets = {"host-" + compiled_for()};
    options.folder = folder_.path();
    libraries_ += " " + compiler::compile_library(model, options).library;
    wanted_ += " -Wl,-u," + name;
}

void DeviceObject::load() {
    const std::string object = folder_ / "networks.so";
    const std::string command =
        FSDNET_C_COMPILER " -shared -Wl,-Bsymbolic -o " + object + wanted_ + libraries_;
    if (std::system(command.c_str()) != 0) {
        throw std::runtime_error("failed: " + command);
    }
    handle_ = dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle_) {
        throw std::runtime_error(dlerror());
    }
}

void *DeviceObject::symbol(const std::string &name) const {
    void *found = dlsym(handle_, name.c_str());
    if (!found) {
        throw std::runtime_error("the library has no function " + name);
    }
    return found;
}

std::string compiled_for() {
    return device_under_test() == "cuda" ? "cuda" : "opencl";
}

bool is_there() {
    return compiled_for() == "cuda" || opencl_is_there();
}

std::unique_ptr<DeviceContext> make_context() {
    return compiled_for() == "cuda" ? make_cuda_context() : make_opencl_context();
}

}  // namespace fsd::testing
