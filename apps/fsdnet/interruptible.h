// Lets long work end in order on Ctrl-C.
#pragma once

#include <csignal>

namespace fsd::command_line {

// While it lives, the first SIGINT or SIGTERM only sets *flag(); the next one acts as usual.
class Interruptible {
public:
    Interruptible();
    ~Interruptible();
    Interruptible(const Interruptible &) = delete;
    Interruptible &operator=(const Interruptible &) = delete;

    static const volatile std::sig_atomic_t *flag();

private:
    struct sigaction previous_[2] = {};
};

}  // namespace fsd::command_line
