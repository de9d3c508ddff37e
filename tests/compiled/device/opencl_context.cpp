// OpenCL's loader is loaded as the networks do it; the declarations are those of OpenCL 1.2.
#include "tests/compiled/device/network.h"

#include <catch2/catch.hpp>

#include <dlfcn.h>

#include <stdexcept>

namespace fsd::testing {
namespace {

template<typename Function>
Function opencl(const char *name) {
    static void *library = dlopen("libOpenCL.so.1", RTLD_LAZY | RTLD_LOCAL);
    return library ? reinterpret_cast<Function>(dlsym(library, name)) : nullptr;
}

using Count = std::uint32_t;

void *first_device() {
    const auto platforms = opencl<int (*)(Count, void **, Count *)>("clGetPlatformIDs");
    const auto devices = opencl<int (*)(void *, std::uint64_t, Count, void **, Count *)>("clGetDeviceIDs");
    void *platform = nullptr, *device = nullptr;
    constexpr std::uint64_t any = 0xffffffff;
    if (!platforms || platforms(1, &platform, nullptr) != 0 ||
        devices(platform, any, 1, &device, nullptr) != 0) {
        return nullptr;
    }
    return device;
}

constexpr int succeeded = 0;

// An exception and no assertion of Catch2: threads call it.
void require(bool holds, const char *what) {
    if (!holds) {
        throw std::runtime_error(std::string(what) + " failed.");
    }
}

class Context : public DeviceContext {
public:
    Context();
    ~Context() override;
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;

    void *memory(std::size_t bytes, const void *content) override;
    void read(void *memory, void *numbers, std::size_t bytes) const override;

private:
    void *context_ = nullptr, *queue_ = nullptr;
    std::vector<void *> memory_;
};

Context::Context() {
    void *device = first_device();
    const auto create =
        opencl<void *(*)(const std::intptr_t *, Count, void **, void *, void *, int *)>("clCreateContext");
    const auto queue = opencl<void *(*)(void *, void *, std::uint64_t, int *)>("clCreateCommandQueue");
    context_ = create(nullptr, 1, &device, nullptr, nullptr, nullptr);
    queue_ = queue(context_, device, 0, nullptr);
    require(queue_, "clCreateCommandQueue");
}

Context::~Context() {
    for (void *memory : memory_) {
        opencl<int (*)(void *)>("clReleaseMemObject")(memory);
    }
    opencl<int (*)(void *)>("clReleaseCommandQueue")(queue_);
    opencl<int (*)(void *)>("clReleaseContext")(context_);
}

void *Context::memory(std::size_t bytes, const void *content) {
    const auto create =
        opencl<void *(*)(void *, std::uint64_t, std::size_t, void *, int *)>("clCreateBuffer");
    const auto write =
        opencl<int (*)(void *, void *, Count, std::size_t, std::size_t, const void *, Count, void *, void *)>(
            "clEnqueueWriteBuffer");
    memory_.push_back(create(context_, 1, bytes, nullptr, nullptr));
    require(memory_.back(), "clCreateBuffer");
    if (content) {
        require(write(queue_, memory_.back(), 1, 0, bytes, content, 0, nullptr, nullptr) == succeeded,
                "clEnqueueWriteBuffer");
    }
    return memory_.back();
}

void Context::read(void *memory, void *numbers, std::size_t bytes) const {
    const auto read =
        opencl<int (*)(void *, void *, Count, std::size_t, std::size_t, void *, Count, void *, void *)>(
            "clEnqueueReadBuffer");
    require(read(queue_, memory, 1, 0, bytes, numbers, 0, nullptr, nullptr) == succeeded,
            "clEnqueueReadBuffer");
}

}  // namespace

bool opencl_is_there() {
    if (first_device()) {
        return true;
    }
    WARN("Skipped: OpenCL has no device (Debian: pocl-opencl-icd).");
    return false;
}

std::unique_ptr<DeviceContext> make_opencl_context() {
    return std::make_unique<Context>();
}

}  // namespace fsd::testing
