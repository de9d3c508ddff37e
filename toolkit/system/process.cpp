// posix_spawn, mostly into a process group of its own, which is killed as a whole.
#include "toolkit/system/process.h"

#include "runtime/error.h"
#include "toolkit/system/clock.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fsd {
namespace {

constexpr int milliseconds_between_looks = 20;

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
    bool read_some(std::string &output, std::size_t most_output) {
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

pid_t start(const std::vector<std::string> &command, int output, const ProcessOptions &options) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, output, 1);
    if (options.keep_errors) {
        posix_spawn_file_actions_adddup2(&files, output, 2);
    }
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    if (options.own_group) {
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
        posix_spawnattr_setpgroup(&attributes, 0);
    }
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
                    text("The program '", command[0], "' cannot be started: ", std::strerror(fault), "."));
    }
    return child;
}

}  // namespace

ProcessOutcome run_process(const std::vector<std::string> &command, const ProcessOptions &options) {
    Pipe pipe;
    const pid_t child = start(command, pipe.writer(), options);
    const pid_t group = options.own_group ? -child : child;
    pipe.close_writer();
    ProcessOutcome outcome;
    const double end = seconds_now() + options.limit;
    while (pipe.read_some(outcome.output, options.most_output) && !outcome.timed_out && !outcome.stopped) {
        outcome.timed_out = seconds_now() > end;
        outcome.stopped = options.stop != nullptr && *options.stop != 0;
    }
    // The end of the output is the end of the work; what goes on without it, a child's child, ends here, too.
    if (outcome.timed_out || outcome.stopped) {
        kill(group, outcome.timed_out ? SIGKILL : options.stop_signal);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (options.own_group) {
        kill(group, SIGKILL);
    }
    outcome.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return outcome;
}

}  // namespace fsd
