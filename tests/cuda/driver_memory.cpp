// The emulated driver's calls for memory: allocations and copies.
#include "tests/cuda/driver.h"

#include <cstdlib>
#include <cstring>

namespace fsd::testing::cuda {

namespace {

// True at the call for memory whose number the variable FAIL_AT holds, and at the next one: Halide's runtime
// asks again when it has freed what it had kept.
bool memory_fails() {
    static int calls = 0;
    const char *failing = std::getenv("FAIL_AT");
    calls++;
    return failing != nullptr && (calls == std::atoi(failing) || calls == std::atoi(failing) + 1);
}

unsigned char *device_bytes(std::uint64_t address, std::size_t size) {
    Allocation *found = driver.memory.find(address, size);
    if (!found) {
        throw Fault{invalid_value, "A copy of " + std::to_string(size) + " bytes leaves its allocation."};
    }
    return found->bytes.data() + (address - found->address);
}

}  // namespace
}  // namespace fsd::testing::cuda

using namespace fsd::testing::cuda;

// The names are the driver's.
// NOLINTBEGIN(readability-identifier-naming)

EXPORTED cuMemAlloc_v2(std::uint64_t *address, std::size_t size) {
    return in_context("cuMemAlloc", [&]() -> int {
        if (memory_fails()) {
            return out_of_memory;
        }
        *address = driver.memory.allocate(size, current_context());
        return *address != 0 ? success : size == 0 ? invalid_value : out_of_memory;
    });
}
EXPORTED cuMemFree_v2(std::uint64_t address) {
    return in_context("cuMemFree", [&] { return driver.memory.release(address) ? success : invalid_value; });
}
EXPORTED cuMemGetAddressRange_v2(std::uint64_t *base, std::size_t *size, std::uint64_t address) {
    return in_context("cuMemGetAddressRange", [&]() -> int {
        Allocation *found = driver.memory.find(address, 1);
        if (!found) {
            return not_found;
        }
        *base = found->address;
        *size = found->bytes.size();
        return success;
    });
}
EXPORTED cuPointerGetAttribute(void *result, int which, std::uint64_t address) {
    return guarded("cuPointerGetAttribute", [&]() -> int {
        constexpr int context_of = 1;
        Allocation *found = driver.memory.find(address, 1);
        if (!found || which != context_of) {
            return invalid_value;
        }
        std::memcpy(result, &found->context, sizeof(void *));
        return success;
    });
}

EXPORTED cuMemcpyHtoD_v2(std::uint64_t to, const void *from, std::size_t size) {
    return in_context("cuMemcpyHtoD", [&] {
        std::memcpy(device_bytes(to, size), from, size);
        return success;
    });
}
EXPORTED cuMemcpyDtoH_v2(void *to, std::uint64_t from, std::size_t size) {
    return in_context("cuMemcpyDtoH", [&] {
        std::memcpy(to, device_bytes(from, size), size);
        return success;
    });
}
EXPORTED cuMemcpyDtoD_v2(std::uint64_t to, std::uint64_t from, std::size_t size) {
    return in_context("cuMemcpyDtoD", [&] {
        std::memmove(device_bytes(to, size), device_bytes(from, size), size);
        return success;
    });
}
EXPORTED cuMemcpyHtoDAsync_v2(std::uint64_t to, const void *from, std::size_t size, void *) {
    return cuMemcpyHtoD_v2(to, from, size);
}
EXPORTED cuMemcpyDtoHAsync_v2(void *to, std::uint64_t from, std::size_t size, void *) {
    return cuMemcpyDtoH_v2(to, from, size);
}
EXPORTED cuMemcpyDtoDAsync_v2(std::uint64_t to, std::uint64_t from, std::size_t size, void *) {
    return cuMemcpyDtoD_v2(to, from, size);
}
// Copies go along rows; Halide asks for the function and does not call it.
EXPORTED cuMemcpy3D_v2(const void *) {
    return invalid_value;
}

// NOLINTEND(readability-identifier-naming)
