// The floating-point environment of a caller, for the length of a test.
#pragma once

#include <xmmintrin.h>

namespace fsd::testing {

class CallerEnvironment {
public:
    explicit CallerEnvironment(unsigned bits) : before_(_mm_getcsr()) { _mm_setcsr(bits); }
    ~CallerEnvironment() { _mm_setcsr(before_); }
    CallerEnvironment(const CallerEnvironment &) = delete;
    CallerEnvironment &operator=(const CallerEnvironment &) = delete;

    // Without the flags of exceptions.
    static unsigned now() { return _mm_getcsr() & ~0x3fU; }

    // All exceptions masked; rounding to nearest, down, up, toward zero; denormal results 0, operands 0; all
    // of it.
    static constexpr unsigned standard = 0x1f80;
    static constexpr unsigned all[] = {standard,          standard | 0x2000, standard | 0x4000,
                                       standard | 0x6000, standard | 0x8000, standard | 0x0040,
                                       standard | 0xe040};

private:
    unsigned before_;
};

}  // namespace fsd::testing
