/* Part of faults.c's library: calls of the system that fail, one at a time.
 * FAIL_CALL=NAME     this call fails
 * FAIL_CALL_AT=N     at its N-th use in each process, 1 the first one; without it at every use
 * COUNT_CALLS=FILE   a line "NAME uses" for each call that was used is added to FILE when a process ends */
#define _GNU_SOURCE
#include "faults.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* The call, and the error that it plausibly ends with. */
#define CALLS(X)               \
    X(open, EMFILE)            \
    X(fopen64, EMFILE)         \
    X(opendir, EACCES)         \
    X(readdir, EIO)            \
    X(read, EIO)               \
    X(pread, EIO)              \
    X(write, ENOSPC)           \
    X(writev, ENOSPC)          \
    X(fwrite, ENOSPC)          \
    X(fsync, EIO)              \
    X(ftruncate, EIO)          \
    X(posix_fallocate, ENOSPC) \
    X(linkat, EIO)             \
    X(rename, EIO)             \
    X(pipe2, EMFILE)           \
    X(poll, ENOMEM)            \
    X(pthread_create, EAGAIN)  \
    X(posix_spawnp, EAGAIN)    \
    X(getrandom, ENOSYS)

enum call {
#define NUMBER(name, error) call_##name,
    CALLS(NUMBER)
#undef NUMBER
        number_of_calls
};

static const char *const names[] = {
#define NAME(name, error) #name,
    CALLS(NAME)
#undef NAME
};

static const int errors[] = {
#define ERROR(name, error) error,
    CALLS(ERROR)
#undef ERROR
};

static atomic_long uses[number_of_calls];
static int fail_call = -1;
static long fail_at;

void arm_calls(void) {
    const char *call = getenv("FAIL_CALL"), *at = getenv("FAIL_CALL_AT");
    fail_at = at ? atol(at) : 0;
    for (int i = 0; call && i < number_of_calls; i++) {
        if (strcmp(call, names[i]) == 0) {
            fail_call = i;
        }
    }
}

void report_calls(void) {
    const char *path = getenv("COUNT_CALLS");
    FILE *file = path ? fopen(path, "a") : NULL;
    for (int i = 0; file && i < number_of_calls; i++) {
        if (uses[i]) {
            fprintf(file, "%s %ld\n", names[i], uses[i]);
        }
    }
    if (file) {
        fclose(file);
    }
}

static int refused(enum call call) {
    if (!armed) {
        return 0;
    }
    const long number = ++uses[call];
    if ((int)call != fail_call || (fail_at && number != fail_at)) {
        return 0;
    }
    errno = errors[call];
    return 1;
}

#define REFUSABLE(result, name, failure, parameters, arguments)                         \
    result name parameters {                                                            \
        result(*const next) parameters = (result(*) parameters)dlsym(RTLD_NEXT, #name); \
        return refused(call_##name) ? (failure) : next arguments;                       \
    }

REFUSABLE(FILE *, fopen64, NULL, (const char *path, const char *mode), (path, mode))
REFUSABLE(DIR *, opendir, NULL, (const char *path), (path))
REFUSABLE(struct dirent *, readdir, NULL, (DIR * folder), (folder))
REFUSABLE(ssize_t, read, -1, (int file, void *data, size_t size), (file, data, size))
REFUSABLE(ssize_t, pread, -1, (int file, void *data, size_t size, off_t at), (file, data, size, at))
REFUSABLE(ssize_t, write, -1, (int file, const void *data, size_t size), (file, data, size))
REFUSABLE(ssize_t, writev, -1, (int file, const struct iovec *parts, int count), (file, parts, count))
REFUSABLE(size_t, fwrite, 0, (const void *data, size_t size, size_t count, FILE *file),
          (data, size, count, file))
REFUSABLE(int, fsync, -1, (int file), (file))
REFUSABLE(int, ftruncate, -1, (int file, off_t size), (file, size))
REFUSABLE(int, posix_fallocate, errors[call_posix_fallocate], (int file, off_t at, off_t size),
          (file, at, size))
REFUSABLE(int, linkat, -1, (int from_folder, const char *from, int to_folder, const char *to, int flags),
          (from_folder, from, to_folder, to, flags))
REFUSABLE(int, rename, -1, (const char *from, const char *to), (from, to))
REFUSABLE(int, pipe2, -1, (int ends[2], int flags), (ends, flags))
REFUSABLE(int, poll, -1, (struct pollfd * files, nfds_t count, int milliseconds),
          (files, count, milliseconds))
REFUSABLE(int, pthread_create, errors[call_pthread_create],
          (pthread_t * thread, const pthread_attr_t *attributes, void *(*function)(void *), void *argument),
          (thread, attributes, function, argument))
REFUSABLE(int, posix_spawnp, errors[call_posix_spawnp],
          (pid_t *restrict child, const char *restrict program, const posix_spawn_file_actions_t *actions,
           const posix_spawnattr_t *restrict attributes, char *const words[restrict],
           char *const environment[restrict]),
          (child, program, actions, attributes, words, environment))
REFUSABLE(ssize_t, getrandom, -1, (void *data, size_t size, unsigned flags), (data, size, flags))

/* The mode follows only where a file may be made. */
int open(const char *path, int flags, ...) {
    int (*const next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return refused(call_open) ? -1 : next(path, flags, mode);
}
