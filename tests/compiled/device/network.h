// Networks compiled for a device as functions of the running test, and memory there for them.
#pragma once

#include "compiler/library.h"
#include "tests/compiled/shared_object.h"

#include <memory>

namespace fsd::testing {

// What the networks are compiled for: CUDA where it is under test, else OpenCL.
std::string compiled_for();

// False, with a warning, where that has no device.
bool is_there();

// Compiles models for the device, links their libraries as a user's program does, and loads the result.
class DeviceObject {
public:
    void add(const Model &model, const std::string &name);
    void load();
    template<typename Function>
    Function function(const std::string &name) const {
        return reinterpret_cast<Function>(symbol(name));
    }

private:
    void *symbol(const std::string &name) const;

    TemporaryFolder folder_;
    std::string libraries_, wanted_;
    void *handle_ = nullptr;
};

using DeviceNetwork = int (*)(const void *image, int batch, void *log_posterior);
using ErrorSentence = const char *(*)();
using Release = void (*)();

// A context of the device's first device, as a user makes it; it is not the thread's current one.
class DeviceContext {
public:
    virtual ~DeviceContext() = default;

    // Memory that is released with the context. Reading waits for what was written.
    virtual void *memory(std::size_t bytes, const void *content) = 0;
    virtual void read(void *memory, void *numbers, std::size_t bytes) const = 0;
};
std::unique_ptr<DeviceContext> make_context();
bool opencl_is_there();
std::unique_ptr<DeviceContext> make_opencl_context();
std::unique_ptr<DeviceContext> make_cuda_context();

}  // namespace fsd::testing
