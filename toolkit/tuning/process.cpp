// posix_spawn into a process group of its own, which is killed as a whole.
#include "toolkit/tuning/process.h"

#include "runtime/error.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>

namespace fsd::tuning {
namespace {

constexpr std::size_t most_output = 1 << 16;
constexpr int milliseconds_between_looks = 20;

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

class Pipe {
public:
    Pipe() {
        if (pipe2(ends_, O_CLOEXEC) != 0) {
            throw Error(ExitCode::unsupported, text("No pipe can be made: ", std::strerror(errno), "."));
        }
    }
    ~Pipe() {
        close(ends_[0]);
        close_writer();
    }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;

    int writer() const { return ends_[1]; }
    void close_writer() {
        if (ends_[1] >= 0) {
            close(ends_[1]);
            ends_[1] = -1;
        }
    }

    // Waits a moment for output and keeps its beginning. False at its end.
    bool read_some(std::string &output) {
        pollfd ready{ends_[0], POLLIN, 0};
        if (poll(&ready, 1, milliseconds_between_looks) <= 0) {
            return true;
        }
        char buffer[4096];
        const ssize_t count = read(ends_[0], buffer, sizeof buffer);
        if (count > 0 && output.size() < most_output) {
            output.append(buffer, static_cast<std::size_t>(count));
        }
        return count > 0 || (count < 0 && errno == EINTR);
    }

private:
    int ends_[2] = {-1, -1};
};

pid_t start(const std::vector<std::string> &command, int output) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, output, 1);
    posix_spawn_file_actions_adddup2(&files, output, 2);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes, 0);
    std::vector<char *> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string &word : command) {
        arguments.push_back(const_cast<char *>(word.c_str()));
    }
    arguments.push_back(nullptr);
    pid_t child = 0;
    const int fault = posix_spawnp(&child, arguments[0], &files, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (fault != 0) {
        throw Error(ExitCode::unsupported,
                    text("The program ", command[0], " cannot be started: ", std::strerror(fault), "."));
    }
    return child;
}

}  // namespace

Outcome run(const std::vector<std::string> &command, double limit, const volatile std::sig_atomic_t *stop) {
    Pipe pipe;
    const pid_t child = start(command, pipe.writer());
    pipe.close_writer();
    Outcome outcome;
    const double end = now() + limit;
    while (pipe.read_some(outcome.output) && !outcome.timed_out && !outcome.stopped) {
        outcome.timed_out = now() > end;
        outcome.stopped = stop != nullptr && *stop != 0;
    }
    // The end of the output is the end of the work; what goes on without it, a child's child, ends here, too.
    if (outcome.timed_out || outcome.stopped) {
        kill(-child, SIGKILL);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    kill(-child, SIGKILL);
    outcome.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return outcome;
}

}  // namespace fsd::tuning
