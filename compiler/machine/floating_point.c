/* Part of each compiled network for x86-64 (compiler/floating_point_mode.h). */
#include <xmmintrin.h>

/* Sets the thread's floating-point environment (MXCSR) and returns the one before. Weak: a program may hold
   several networks. */
__attribute__((weak, visibility("hidden"))) int fsdnet_exchange_floating_point_mode(int mode) {
    const unsigned before = _mm_getcsr();
    if (before != (unsigned)mode) {
        _mm_setcsr((unsigned)mode);
    }
    return (int)before;
}
