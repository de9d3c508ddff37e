// The best of repetitions that take half a second of one thread's time together.
#pragma once

#include "toolkit/profiling/stopwatch.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace fsd::bench {

// Seconds of CPU time of this thread; the first run is not measured.
inline double best_time(const std::function<void()> &work) {
    constexpr double least_time = 0.5;
    work();
    double best = HUGE_VAL;
    for (Stopwatch all(Stopwatch::of_thread); all.seconds() < least_time;) {
        const Stopwatch one(Stopwatch::of_thread);
        work();
        best = std::min(best, one.seconds());
    }
    return best;
}

}  // namespace fsd::bench
