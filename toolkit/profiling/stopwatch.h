// Seconds since its making.
#pragma once

#include <ctime>

namespace fsd {

class Stopwatch {
public:
    // of_thread: time of the calling thread on its CPU, so that other programs on a shared machine do not
    // count. of_world: for work that other threads share.
    enum Clock { of_thread = CLOCK_THREAD_CPUTIME_ID, of_world = CLOCK_MONOTONIC };

    explicit Stopwatch(Clock clock) : clock_(clock) {}
    double seconds() const { return now() - start_; }

private:
    double now() const {
        timespec time{};
        clock_gettime(clock_, &time);
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    }

    Clock clock_;
    double start_ = now();
};

}  // namespace fsd
