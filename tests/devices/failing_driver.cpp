// OpenCL's functions (OpenCL 1.2) and CUDA's (CUDA driver API).
#include "tests/devices/failing_driver.h"

#include "HalideRuntime.h"

#include <cstdint>
#include <cstring>

namespace fsd::testing {

int calls_until_failure = -1;

namespace {

bool fails_now() {
    return calls_until_failure >= 0 && calls_until_failure-- == 0;
}

// A function of the driver that this test stands in front of.
template<typename Function>
struct Replaced {
    const char *name;
    Function real, mine;

    bool take(void *found, const char *wanted) {
        if (std::strcmp(name, wanted) != 0) {
            return false;
        }
        real = reinterpret_cast<Function>(found);
        return true;
    }
};

namespace opencl {

constexpr int no_memory = -4, no_resources = -5;

using CreateBuffer = void *(*)(void *, std::uint64_t, std::size_t, void *, int *);
using Launch = int (*)(void *, void *, unsigned, const std::size_t *, const std::size_t *,
                       const std::size_t *, unsigned, const void *, void *);
using Transfer = int (*)(void *, void *, unsigned, std::size_t, std::size_t, void *, unsigned, const void *,
                         void *);

extern Replaced<CreateBuffer> create_buffer;
extern Replaced<Launch> launch;
extern Replaced<Transfer> read, write;

Replaced<CreateBuffer> create_buffer{
    "clCreateBuffer", nullptr,
    [](void *context, std::uint64_t flags, std::size_t bytes, void *host, int *code) -> void * {
        if (fails_now()) {
            *code = no_memory;
            return nullptr;
        }
        return create_buffer.real(context, flags, bytes, host, code);
    }};

Replaced<Launch> launch{
    "clEnqueueNDRangeKernel", nullptr,
    [](void *queue, void *kernel, unsigned axes, const std::size_t *offset, const std::size_t *global,
       const std::size_t *local, unsigned count, const void *list, void *event) {
        return fails_now() ? no_resources
                           : launch.real(queue, kernel, axes, offset, global, local, count, list, event);
    }};

template<Replaced<Transfer> &transfer>
int copy(void *queue, void *buffer, unsigned blocking, std::size_t offset, std::size_t bytes, void *host,
         unsigned count, const void *list, void *event) {
    return fails_now() ? no_resources
                       : transfer.real(queue, buffer, blocking, offset, bytes, host, count, list, event);
}
Replaced<Transfer> read{"clEnqueueReadBuffer", nullptr, copy<read>};
Replaced<Transfer> write{"clEnqueueWriteBuffer", nullptr, copy<write>};

}  // namespace opencl

namespace cuda {

constexpr int out_of_memory = 2, launch_failed = 719;

using Allocate = int (*)(std::uint64_t *, std::size_t);
using Launch = int (*)(void *, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void *,
                       void **, void **);
using ToDevice = int (*)(std::uint64_t, const void *, std::size_t, void *);
using ToHost = int (*)(void *, std::uint64_t, std::size_t, void *);

extern Replaced<Allocate> allocate;
extern Replaced<Launch> launch;
extern Replaced<ToDevice> to_device;
extern Replaced<ToHost> to_host;

// Halide's runtime asks again, when it has freed what it had kept; that call fails too.
Replaced<Allocate> allocate{"cuMemAlloc_v2", nullptr, [](std::uint64_t *address, std::size_t bytes) {
                                static bool asks_again = false;
                                const bool fails = asks_again || fails_now();
                                asks_again = fails && !asks_again;
                                return fails ? out_of_memory : allocate.real(address, bytes);
                            }};

Replaced<Launch> launch{"cuLaunchKernel", nullptr,
                        [](void *kernel, unsigned blocks_x, unsigned blocks_y, unsigned blocks_z,
                           unsigned threads_x, unsigned threads_y, unsigned threads_z, unsigned shared,
                           void *stream, void **parameters, void **extra) {
                            return fails_now()
                                       ? launch_failed
                                       : launch.real(kernel, blocks_x, blocks_y, blocks_z, threads_x,
                                                     threads_y, threads_z, shared, stream, parameters, extra);
                        }};

Replaced<ToDevice> to_device{"cuMemcpyHtoDAsync_v2", nullptr,
                             [](std::uint64_t to, const void *from, std::size_t bytes, void *stream) {
                                 return fails_now() ? launch_failed : to_device.real(to, from, bytes, stream);
                             }};

Replaced<ToHost> to_host{"cuMemcpyDtoHAsync_v2", nullptr,
                         [](void *to, std::uint64_t from, std::size_t bytes, void *stream) {
                             return fails_now() ? launch_failed : to_host.real(to, from, bytes, stream);
                         }};

}  // namespace cuda

// The test's function of the name, if it has one.
template<typename... Function>
void *stand_in(void *found, const char *name, Replaced<Function> &...replaced) {
    void *mine = found;
    ((replaced.take(found, name) ? mine = reinterpret_cast<void *>(replaced.mine) : nullptr), ...);
    return mine;
}

halide_get_library_symbol_t find_in_driver = nullptr;

void *find_symbol(void *library, const char *name) {
    void *found = find_in_driver(library, name);
    return stand_in(found, name, opencl::create_buffer, opencl::launch, opencl::read, opencl::write,
                    cuda::allocate, cuda::launch, cuda::to_device, cuda::to_host);
}

const bool in_front = (find_in_driver = halide_set_custom_get_library_symbol(find_symbol)) != nullptr;

}  // namespace

bool failing_driver_is_in_front() {
    return in_front;
}

}  // namespace fsd::testing
