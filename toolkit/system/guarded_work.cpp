// fork; the parent sleeps until a signal comes.
#include "toolkit/system/guarded_work.h"

#include "runtime/error.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <iostream>

namespace fsd {
namespace {

bool is_ignored(int signal) {
    struct sigaction action {};
    return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

// Those that end a process in order, and the one that tells of a child's end. Blocked while it lives.
class Signals {
public:
    Signals() {
        std::signal(SIGCHLD, SIG_DFL);
        sigemptyset(&set_);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) {
            if (!is_ignored(signal)) {
                sigaddset(&set_, signal);
            }
        }
        sigprocmask(SIG_BLOCK, &set_, &previous_);
    }
    ~Signals() { restore(); }
    Signals(const Signals &) = delete;
    Signals &operator=(const Signals &) = delete;

    // The next one; with `at_once` 0 where none has come.
    int next(bool at_once) const {
        const timespec now{};
        int signal = 0;
        do {
            signal = at_once ? sigtimedwait(&set_, nullptr, &now) : sigwaitinfo(&set_, nullptr);
        } while (signal < 0 && errno == EINTR);
        return std::max(signal, 0);
    }

    void restore() const { sigprocmask(SIG_SETMASK, &previous_, nullptr); }

private:
    sigset_t set_{}, previous_{};
};

void end_when_parent_ends(int signal, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, signal);
    if (getppid() != parent) {  // it has ended already
        raise(signal);
    }
}

// Buffers of the standard streams are written once: before the fork by the parent, later by the child.
pid_t start(const std::function<int()> &work, const Signals &signals) {
    std::cout.flush();
    std::cerr.flush();
    const pid_t parent = getpid(), child = fork();
    if (child < 0) {
        throw Error(ExitCode::unsupported, text("No process can be started: ", std::strerror(errno), "."));
    }
    if (child == 0) {
        end_when_parent_ends(SIGKILL, parent);
        signals.restore();
        const int code = work();
        std::cout.flush();
        _exit(code);
    }
    return child;
}

[[noreturn]] void end_by(int signal, const Signals &signals) {
    std::signal(signal, SIG_DFL);
    signals.restore();
    raise(signal);
    _exit(128 + signal);
}

}  // namespace

int guarded_work(const std::function<int()> &work, const std::function<void()> &clean_up) {
    const Signals signals;
    const pid_t child = start(work, signals);
    int status = 0, signal = SIGCHLD;
    bool runs = true;
    while (runs && signal == SIGCHLD) {
        signal = signals.next(false);
        runs = waitpid(child, &status, WNOHANG) == 0;
    }
    while (!runs && signal == SIGCHLD) {  // a signal for both may have ended the child first
        signal = signals.next(true);
    }
    if (signal == 0) {
        return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
    if (runs) {
        kill(child, SIGKILL);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    }
    clean_up();
    end_by(signal, signals);
}

void end_with_parent() {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

}  // namespace fsd
