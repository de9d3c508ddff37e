// NVIDIA's driver is loaded as the networks do it; the declarations are those of the CUDA driver API.
#include "tests/compiled/device/network.h"

#include <dlfcn.h>

#include <cstring>
#include <stdexcept>

namespace fsd::testing {
namespace {

// Calls a function of the driver, which must succeed. An exception and no assertion of Catch2: threads call
// it.
template<typename... Argument>
void cuda(const char *name, Argument... arguments) {
    static void *library = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
    const auto function = library ? reinterpret_cast<int (*)(Argument...)>(dlsym(library, name)) : nullptr;
    if (!function || function(arguments...) != 0) {
        throw std::runtime_error(std::string(name) + (function ? " failed." : " is not in libcuda.so.1."));
    }
}

using Address = std::uint64_t;

class Context : public DeviceContext {
public:
    Context() {
        int device = 0;
        cuda("cuInit", 0U);
        cuda("cuDeviceGet", &device, 0);
        cuda("cuCtxCreate_v2", &context_, 0U, device);
        leave();
    }
    ~Context() override { cuda("cuCtxDestroy_v2", context_); }
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;

    void *memory(std::size_t bytes, const void *content) override {
        Address address = 0;
        enter();
        cuda("cuMemAlloc_v2", &address, bytes);
        if (content) {
            cuda("cuMemcpyHtoD_v2", address, content, bytes);
            cuda("cuCtxSynchronize");
        }
        leave();
        void *memory = nullptr;
        std::memcpy(&memory, &address, sizeof memory);
        return memory;
    }

    void read(void *memory, void *numbers, std::size_t bytes) const override {
        enter();
        cuda("cuMemcpyDtoH_v2", numbers, reinterpret_cast<Address>(memory), bytes);
        leave();
    }

private:
    void enter() const { cuda("cuCtxPushCurrent_v2", context_); }
    static void leave() {
        void *left = nullptr;
        cuda("cuCtxPopCurrent_v2", &left);
    }

    void *context_ = nullptr;
};

}  // namespace

std::unique_ptr<DeviceContext> make_cuda_context() {
    return std::make_unique<Context>();
}

}  // namespace fsd::testing
