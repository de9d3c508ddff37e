/* Asks the processor. Weak, so that the runtime and several compiled networks can be in one program. */
#include "runtime/system/processor_state.h"

#include <cpuid.h>

#define OSXSAVE (1u << 27)

__attribute__((weak)) int fsdnet_state_is_saved(uint32_t state, uint32_t cpuid_1_ecx, uint32_t xcr0) {
    return state == 0 || ((cpuid_1_ecx & OSXSAVE) != 0 && (xcr0 & state) == state);
}

__attribute__((weak)) int fsdnet_saves_state(uint32_t state) {
    uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0, low = 0, high = 0;
    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) && (ecx & OSXSAVE) != 0) { /* else XGETBV itself is illegal */
        __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    }
    return fsdnet_state_is_saved(state, ecx, low);
}
