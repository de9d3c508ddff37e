// Signal handlers that remember the first signal and when it came.
#include "apps/fsdnet/interruptible.h"

#include <atomic>
#include <cstdint>
#include <ctime>

namespace fsd::command_line {
namespace {

volatile std::sig_atomic_t interrupted = 0;

// Nanoseconds of the clock that nobody sets. A handler may ask it, and may use an atomic number without a
// lock.
std::int64_t now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * 1000000000 + time.tv_nsec;
}

constexpr std::int64_t second = 1000000000;
std::atomic<std::int64_t> first_came{0};
static_assert(std::atomic<std::int64_t>::is_always_lock_free, "A signal handler must not wait for a lock.");

extern "C" void interrupt(int number) {
    if (interrupted == 0) {
        first_came = now();
        interrupted = number;
    } else if (now() - first_came >= second) {
        std::signal(number, SIG_DFL);
        std::raise(number);
    }
}

}  // namespace

Interruptible::Interruptible() {
    interrupted = 0;
    struct sigaction action {};
    action.sa_handler = interrupt;
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
