// Networks compiled for OpenCL as functions of the running test, and memory of the device for them.
#pragma once

#include "compiler/library.h"
#include "tests/compiled/shared_object.h"

namespace fsd::testing {

// False, with a warning, where OpenCL has no device.
bool opencl_is_there();

// Compiles models for OpenCL, links their libraries as a user's program does, and loads the result.
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

// A context of OpenCL's first device, as a user makes it.
class OpenClContext {
public:
    OpenClContext();
    ~OpenClContext();
    OpenClContext(const OpenClContext &) = delete;
    OpenClContext &operator=(const OpenClContext &) = delete;

    // Memory that is released with the context. Reading waits for what was written.
    void *memory(std::size_t bytes, const void *content = nullptr);
    void read(void *memory, void *numbers, std::size_t bytes) const;

private:
    void *context_ = nullptr, *queue_ = nullptr;
    std::vector<void *> memory_;
};

}  // namespace fsd::testing
