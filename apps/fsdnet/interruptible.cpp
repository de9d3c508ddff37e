// Signal handlers that remember the first signal.
#include "apps/fsdnet/interruptible.h"

namespace fsd::command_line {
namespace {

volatile std::sig_atomic_t interrupted = 0;

extern "C" void interrupt(int) {
    interrupted = 1;
}

}  // namespace

Interruptible::Interruptible() {
    interrupted = 0;
    struct sigaction action {};
    action.sa_handler = interrupt;
    action.sa_flags = SA_RESETHAND;
    sigaction(SIGINT, &action, &previous_[0]);
    sigaction(SIGTERM, &action, &previous_[1]);
}

Interruptible::~Interruptible() {
    sigaction(SIGINT, &previous_[0], nullptr);
    sigaction(SIGTERM, &previous_[1], nullptr);
}

const volatile std::sig_atomic_t *Interruptible::flag() {
    return &interrupted;
}

}  // namespace fsd::command_line
