/* Which of the processor's wider registers the system saves when it switches between threads: without that an
 * instruction that uses them is illegal, whatever CPUID says of the processor. C, because the libraries of
 * compiled networks hold it as well. */
#ifndef FSDNET_PROCESSOR_STATE_H
#define FSDNET_PROCESSOR_STATE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bits of XCR0, the register that XGETBV reads: SSE 1 and AVX 2; with those of AVX-512 5 to 7 (masks, upper
 * halves, upper registers). */
/* C has no other way: NOLINTBEGIN(modernize-*,cppcoreguidelines-macro-usage) */
#define FSDNET_STATE_AVX 0x6u
#define FSDNET_STATE_AVX512 0xe6u
/* NOLINTEND(modernize-*,cppcoreguidelines-macro-usage) */

/* 1 where all of `state` is saved, given ECX of CPUID's leaf 1 and the lower half of XCR0, which counts only
 * where the system has switched XGETBV on (OSXSAVE, bit 27 of ECX); else 0. */
int fsdnet_state_is_saved(uint32_t state, uint32_t cpuid_1_ecx, uint32_t xcr0);

/* The same of this machine. */
int fsdnet_saves_state(uint32_t state);

#ifdef __cplusplus
}
#endif

#endif
