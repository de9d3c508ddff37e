// fork and wait.
#include "tests/runtime/child.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace fsd::testing {

int in_child(const std::function<int()> &work) {
    const pid_t child = ::fork();
    if (child == 0) {
        int code = 126;
        try {
            code = work();
        } catch (...) {}
        ::_exit(code);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace fsd::testing
