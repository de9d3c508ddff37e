// The floating-point environment of a thread for the length of a computation, whatever the caller's is, which
// comes back with the flags of its exceptions. Always: rounding to nearest, no traps, operands as they are.
// docs/numerics.md says what becomes of denormal results.
#pragma once

#include "runtime/instruction_set.h"

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace fsd {

// Holds while the object lives, for the thread that made it. On architectures other than x86-64 it does
// nothing.
class FloatingPointMode {
public:
    // For what is computed beside the kernels: as IEEE 754 has it.
    static FloatingPointMode standard() noexcept { return FloatingPointMode(masked); }

    // For kernels: results that would be denormal are 0, where products and sums are fused. On Intel's cores
    // each denormal number costs a microcode assist. Without fused multiply-adds the products inside an
    // exponential near 2^-126 would be lost as well, so there they stay.
    static FloatingPointMode of_kernels() noexcept {
        return FloatingPointMode(fuses_products() ? masked | flush_to_zero : masked);
    }

#if defined(__SSE2__)
    ~FloatingPointMode() {
        if (before_ != mode_) {
            _mm_setcsr(before_);
        }
    }
#else
    ~FloatingPointMode() {}
#endif
    FloatingPointMode(const FloatingPointMode &) = delete;
    FloatingPointMode &operator=(const FloatingPointMode &) = delete;

private:
    static constexpr unsigned masked = 0x1f80;
    static constexpr unsigned flush_to_zero = 0x8000;

#if defined(__SSE2__)
    explicit FloatingPointMode(unsigned mode) noexcept : before_(_mm_getcsr()), mode_(mode) {
        if (before_ != mode_) {
            _mm_setcsr(mode_);
        }
    }
    unsigned before_, mode_;
#else
    explicit FloatingPointMode(unsigned) noexcept {}
#endif
};

}  // namespace fsd
