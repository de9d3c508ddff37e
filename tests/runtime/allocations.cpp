// Stands in front of the C library's allocator; operator new ends there as well.
#include "tests/runtime/allocations.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <malloc.h>

namespace {

std::atomic<std::size_t> calls{0}, in_use{0}, peak{0}, in_use_at_reset{0};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool counting = false;  // the sanitizers stand in front of the allocator themselves

}  // namespace
#else
constexpr bool counting = true;

void *counted(void *memory) {
    if (memory) {
        calls++;
        const std::size_t now = in_use += malloc_usable_size(memory);
        std::size_t seen = peak;
        while (now > seen && !peak.compare_exchange_weak(seen, now)) {}
    }
    return memory;
}

void forget(void *memory) {
    if (memory) {
        in_use -= malloc_usable_size(memory);
    }
}

}  // namespace

// The names are the C library's:
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming,readability-inconsistent-*)
extern "C" {
void *__libc_malloc(std::size_t);
void *__libc_calloc(std::size_t, std::size_t);
void *__libc_realloc(void *, std::size_t);
void *__libc_memalign(std::size_t, std::size_t);
void __libc_free(void *);

void *malloc(std::size_t bytes) {
    return counted(__libc_malloc(bytes));
}
void *calloc(std::size_t count, std::size_t bytes) {
    return counted(__libc_calloc(count, bytes));
}
void *realloc(void *memory, std::size_t bytes) {
    forget(memory);
    return counted(__libc_realloc(memory, bytes));
}
void *memalign(std::size_t alignment, std::size_t bytes) {
    return counted(__libc_memalign(alignment, bytes));
}
void *aligned_alloc(std::size_t alignment, std::size_t bytes) {
    return counted(__libc_memalign(alignment, bytes));
}
int posix_memalign(void **place, std::size_t alignment, std::size_t bytes) {
    *place = counted(__libc_memalign(alignment, bytes));
    return *place ? 0 : ENOMEM;
}
void free(void *memory) {
    forget(memory);
    __libc_free(memory);
}
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming,readability-inconsistent-*)
#endif

namespace fsd::testing {

bool allocations_are_counted() {
    return counting;
}

std::size_t allocation_count() {
    return calls;
}

std::size_t allocated_bytes() {
    return in_use;
}

void reset_peak() {
    in_use_at_reset = in_use.load();
    peak = in_use.load();
}

std::size_t peak_bytes() {
    return peak - in_use_at_reset;
}

}  // namespace fsd::testing
