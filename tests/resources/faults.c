/* LD_PRELOAD: memory is refused once main() has begun.
 * FAIL_AT=N        the N-th allocation fails, 1 the first one; with FAIL_FROM=1 so do all after it
 * System calls have a file of their own: failing_calls.c. */
#define _GNU_SOURCE
#include "faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t),
    *__libc_memalign(size_t, size_t);

static atomic_long count;
atomic_int armed;
static long fail_at;
static int all_later;

static int fails(void) {
    if (!armed || fail_at <= 0) {
        return 0;
    }
    const long number = ++count;
    if (number == fail_at || (all_later && number > fail_at)) {
        errno = ENOMEM;
        return 1;
    }
    return 0;
}

void *malloc(size_t bytes) {
    return fails() ? NULL : __libc_malloc(bytes);
}
void *calloc(size_t number, size_t bytes) {
    return fails() ? NULL : __libc_calloc(number, bytes);
}
void *realloc(void *old, size_t bytes) {
    return fails() ? NULL : __libc_realloc(old, bytes);
}
void *memalign(size_t alignment, size_t bytes) {
    return fails() ? NULL : __libc_memalign(alignment, bytes);
}
void *aligned_alloc(size_t alignment, size_t bytes) {
    return memalign(alignment, bytes);
}
int posix_memalign(void **place, size_t alignment, size_t bytes) {
    *place = memalign(alignment, bytes);
    return *place ? 0 : ENOMEM;
}

static int (*real_main)(int, char **, char **);

static void disarm(void) {
    armed = 0;
    report_calls();
}

static int armed_main(int arguments, char **words, char **environment) {
    const char *at = getenv("FAIL_AT");
    fail_at = at ? atol(at) : 0;
    all_later = getenv("FAIL_FROM") != NULL;
    arm_calls();
    atexit(disarm);
    armed = 1;
    return real_main(arguments, words, environment);
}

int __libc_start_main(int (*main)(int, char **, char **), int arguments, char **words, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end) {
    int (*next)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void),
                void *) = dlsym(RTLD_NEXT, "__libc_start_main");
    real_main = main;
    return next(armed_main, arguments, words, init, fini, rtld_fini, stack_end);
}
