# The instruction sets of a CPU kernel library, most specific first. Halide's dispatcher takes the first one that
# the machine can run. The first line is the one for which Halide emits vpdpbusd (u8 x i8 dot products).
if (NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    message(FATAL_ERROR "The CPU schedules are written for Linux on x86-64; this machine is "
                        "${CMAKE_SYSTEM_NAME} on ${CMAKE_SYSTEM_PROCESSOR}. docs/howto/add-a-machine.md says how to add one.")
endif ()

set(fsdnet_target_baseline x86-64-linux)
set(fsdnet_target_avx2 x86-64-linux-sse41-avx-avx2-f16c-fma)
set(fsdnet_target_avx512 ${fsdnet_target_avx2}-avx512-avx512_skylake)
set(fsdnet_target_avx512_vnni ${fsdnet_target_avx512}-avx512_cannonlake-avx512_zen4)

set(FSDNET_CPU_TARGETS avx512_vnni avx512 avx2 baseline
    CACHE STRING "Targets of the CPU kernels (names from cmake/CpuTargets.cmake or Halide's), the baseline last")

set(fsdnet_cpu_targets)
foreach (target IN LISTS FSDNET_CPU_TARGETS)
    if (DEFINED fsdnet_target_${target})
        set(target ${fsdnet_target_${target}})
    endif ()
    list(APPEND fsdnet_cpu_targets ${target})
endforeach ()
