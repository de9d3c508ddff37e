// Stands in front of the C library's allocator; operator new ends there as well.
#include "tests/resources/failing_allocations.h"

#include <atomic>
#include <cerrno>
#include <cstddef>

namespace {

std::atomic<long> asked{0}, first_to_fail{0};
std::atomic<bool> all_fail{false};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool can_fail = false;

}  // namespace
#else
constexpr bool can_fail = true;

bool fails() {
    const long number = ++asked;
    const bool now = first_to_fail > 0 && (number == first_to_fail || (all_fail && number > first_to_fail));
    errno = now ? ENOMEM : errno;
    return now;
}

}  // namespace

// The names are the C library's:
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming,readability-inconsistent-*)
extern "C" {
void *__libc_malloc(std::size_t);
void *__libc_calloc(std::size_t, std::size_t);
void *__libc_realloc(void *, std::size_t);
void *__libc_memalign(std::size_t, std::size_t);

void *malloc(std::size_t bytes) {
    return fails() ? nullptr : __libc_malloc(bytes);
}
void *calloc(std::size_t count, std::size_t bytes) {
    return fails() ? nullptr : __libc_calloc(count, bytes);
}
void *realloc(void *memory, std::size_t bytes) {
    return fails() ? nullptr : __libc_realloc(memory, bytes);
}
void *memalign(std::size_t alignment, std::size_t bytes) {
    return fails() ? nullptr : __libc_memalign(alignment, bytes);
}
void *aligned_alloc(std::size_t alignment, std::size_t bytes) {
    return memalign(alignment, bytes);
}
int posix_memalign(void **place, std::size_t alignment, std::size_t bytes) {
    *place = memalign(alignment, bytes);
    return *place ? 0 : ENOMEM;
}
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming,readability-inconsistent-*)
#endif

namespace fsd::testing {

bool allocations_can_fail() {
    return can_fail;
}

void fail_allocation(long number, bool all_later) {
    asked = 0;
    all_fail = all_later;
    first_to_fail = number;
}

long stop_failing() {
    first_to_fail = 0;
    return asked;
}

}  // namespace fsd::testing
