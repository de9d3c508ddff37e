// The time that has passed, and that of the processors, for measurements and limits.
#pragma once

#include <chrono>
#include <ctime>

namespace fsd {

// Since a moment that stays the same while the program runs; never goes back.
inline double seconds_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Of all threads of this process: what other programs take does not count.
inline double processor_seconds_now() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

}  // namespace fsd
