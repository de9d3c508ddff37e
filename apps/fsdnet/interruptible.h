// Lets long work end in order on Ctrl-C, on SIGTERM and where the terminal closes.
#pragma once

#include <array>
#include <csignal>
#include <cstddef>

namespace fsd::command_line {

// While it lives, the first SIGINT, SIGTERM or SIGHUP only sets *flag() to its number. One that comes a
// second later or still later acts as usual; what comes sooner is taken for the same one, as programs that
// limit time and terminals that close send it twice. A signal that is ignored, as nohup and shells do for
// what runs in the background, stays ignored.
class Interruptible {
public:
    Interruptible();
    ~Interruptible();
    Interruptible(const Interruptible &) = delete;
    Interruptible &operator=(const Interruptible &) = delete;

    static const volatile std::sig_atomic_t *flag();

private:
    static constexpr std::array<int, 3> signals = {SIGINT, SIGTERM, SIGHUP};
    std::array<struct sigaction, signals.size()> previous_ = {};
};

}  // namespace fsd::command_line
