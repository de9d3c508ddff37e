// The floating-point environment in which kernels compute: rounding to nearest, no traps, and results that
// would be denormal are 0. On Intel's cores each denormal operand costs a microcode assist: a training whose
// posteriors are sure makes gradients of 1e-40, and ran at a fourteenth of its speed (docs/numerics.md).
#pragma once

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace fsd {

// Holds while the object lives, for the thread that made it; then the thread's own environment is back. On
// architectures other than x86-64 it does nothing.
class FloatingPointMode {
public:
#if defined(__SSE2__)
    FloatingPointMode() noexcept : before_(_mm_getcsr()) {
        if (before_ != in_kernels) {
            _mm_setcsr(in_kernels);
        }
    }
    // The caller's flags of exceptions stay as they were, too.
    ~FloatingPointMode() {
        _mm_setcsr(before_);
    }
#else
    FloatingPointMode() noexcept {}
    ~FloatingPointMode() {}
#endif
    FloatingPointMode(const FloatingPointMode &) = delete;
    FloatingPointMode &operator=(const FloatingPointMode &) = delete;

private:
#if defined(__SSE2__)
    // All exceptions masked (0x1f80), denormal results flushed to zero (0x8000). Denormal operands keep their
    // value: they come from outside only, and the logarithm of a probability of 1e-42 is not that of 0.
    static constexpr unsigned in_kernels = 0x1f80 | 0x8000;
    unsigned before_;
#endif
};

}  // namespace fsd
