// Signal handlers that remember the first signal.
#include "apps/fsdnet/interruptible.h"

namespace fsd::command_line {
namespace {

volatile std::sig_atomic_t interrupted = 0;

extern "C" void interrupt(int signal) {
    interrupted = interrupted != 0 ? interrupted : signal;
}

}  // namespace

Interruptible::Interruptible() {
    interrupted = 0;
    struct sigaction action {};
    action.sa_handler = interrupt;
    action.sa_flags = SA_RESETHAND;
    for (std::size_t i = 0; i < signals.size(); i++) {
        sigaction(signals[i], nullptr, &previous_[i]);
        if (previous_[i].sa_handler != SIG_IGN) {
            sigaction(signals[i], &action, nullptr);
        }
    }
}

Interruptible::~Interruptible() {
    for (std::size_t i = 0; i < signals.size(); i++) {
        sigaction(signals[i], &previous_[i], nullptr);
    }
}

const volatile std::sig_atomic_t *Interruptible::flag() {
    return &interrupted;
}

}  // namespace fsd::command_line
