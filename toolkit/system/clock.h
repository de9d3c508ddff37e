// The time that has passed, for measurements and limits.
#pragma once

#include <chrono>

namespace fsd {

// Since a moment that stays the same while the program runs; never goes back.
inline double seconds_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace fsd
