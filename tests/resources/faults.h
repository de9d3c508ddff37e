/* The parts of the preloaded library: what each may refuse once main() has begun. */
#pragma once
#include <stdatomic.h>

extern atomic_int armed; /* main() runs */

void arm_calls(void);    /* reads FAIL_CALL and its like */
void report_calls(void); /* writes what COUNT_CALLS asks for */
