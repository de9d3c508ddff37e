# The instruction sets of a CPU kernel library, most specific first. Halide's dispatcher takes the first one that
# the machine can run. The first line is the one for which Halide emits vpdpbusd (u8 x i8 dot products).
set(fsdnet_avx2 x86-64-linux-sse41-avx-avx2-f16c-fma)
set(fsdnet_avx512 ${fsdnet_avx2}-avx512-avx512_skylake)
set(fsdnet_avx512_vnni ${fsdnet_avx512}-avx512_cannonlake-avx512_zen4)

set(FSDNET_CPU_TARGETS
    ${fsdnet_avx512_vnni} ${fsdnet_avx512} ${fsdnet_avx2} x86-64-linux
    CACHE STRING "Halide targets of the CPU kernels, most specific first, the baseline last")
