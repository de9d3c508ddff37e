# The instruction sets: the one table of them, best first. What lists them elsewhere reads it, in C++ through
# instruction_set_table.h.
#
#   instruction_set(<name> FAMILY <family> REGISTERS <vector registers> FEATURES <Halide's names>...)
#
# A set has the features of all that stand below it. Sets of one family share the kernels and their tuned parameters,
# which are those of the family's set: what else the better one can is used by compiled networks alone. Between
# avx512_vnni and avx512 that is vpdpbusd (u8 x i8 dot products), which float kernels have no use for.
if (NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    message(FATAL_ERROR "The CPU schedules are written for Linux on x86-64; this machine is "
                        "${CMAKE_SYSTEM_NAME} on ${CMAKE_SYSTEM_PROCESSOR}. docs/howto/add-a-machine.md says how to add one.")
endif ()
set(fsdnet_plain_target x86-64-linux)

macro(instruction_set_table)
    instruction_set(avx512_vnni FAMILY avx512 REGISTERS 32 FEATURES avx512_cannonlake avx512_zen4)
    instruction_set(avx512 FAMILY avx512 REGISTERS 32 FEATURES avx512 avx512_skylake)
    instruction_set(avx2 FAMILY avx2 REGISTERS 16 FEATURES sse41 avx avx2 f16c fma)
    instruction_set(baseline FAMILY baseline REGISTERS 16)
endmacro()

# Writes fsdnet_target_<name>, fsdnet_family_<name> and the lists fsdnet_instruction_sets, fsdnet_families: best first.
macro(instruction_set name)
    cmake_parse_arguments(arg "" "FAMILY;REGISTERS" "FEATURES" ${ARGN})
    list(APPEND fsdnet_instruction_sets ${name})
    set(fsdnet_family_${name} ${arg_FAMILY})
    set(registers_${name} ${arg_REGISTERS})
    set(own_features_${name} ${arg_FEATURES})
endmacro()
set(fsdnet_instruction_sets)
instruction_set_table()

set(fsdnet_families)
set(features)
set(table_rows)
set(sets_from_plainest ${fsdnet_instruction_sets})
list(REVERSE sets_from_plainest)
foreach (set IN LISTS sets_from_plainest)
    list(APPEND features ${own_features_${set}})
    list(JOIN features "-" suffix)
    set(fsdnet_target_${set} ${fsdnet_plain_target}-${suffix})
    string(REGEX REPLACE "-$" "" fsdnet_target_${set} "${fsdnet_target_${set}}")
    list(PREPEND fsdnet_families ${fsdnet_family_${set}})
    set(enumerators ${features})
    list(TRANSFORM enumerators PREPEND "halide_target_feature_")
    list(LENGTH features count)
    list(JOIN enumerators ", " enumerators)
    string(PREPEND table_rows "    {\"${set}\", \"${fsdnet_family_${set}}\", \"${fsdnet_target_${set}}\", "
                              "${registers_${set}}, ${count}, {${enumerators}}},\n")
endforeach ()
list(REMOVE_DUPLICATES fsdnet_families)
list(LENGTH features feature_count)
list(LENGTH fsdnet_instruction_sets set_count)
list(JOIN fsdnet_instruction_sets ", " known_sets)
list(JOIN fsdnet_families ", " known_families)

set(fsdnet_generated_headers "${PROJECT_BINARY_DIR}/generated")
configure_file("${CMAKE_CURRENT_LIST_DIR}/instruction_set_table.h.in"
               "${fsdnet_generated_headers}/instruction_set_table.h" @ONLY)
include_directories("${fsdnet_generated_headers}")

set(FSDNET_CPU_TARGETS ${fsdnet_instruction_sets}
    CACHE STRING "What is compiled for CPUs: names of cmake/InstructionSets.cmake or Halide's targets, the plainest last")

# fsdnet_network_targets: Halide's targets for which compiled networks choose. fsdnet_cpu_targets: those of the kernels.
# A dispatcher takes the first that the machine can run.
set(fsdnet_network_targets)
set(fsdnet_cpu_targets)
foreach (target IN LISTS FSDNET_CPU_TARGETS)
    if (target IN_LIST fsdnet_instruction_sets)
        list(APPEND fsdnet_network_targets ${fsdnet_target_${target}})
        list(APPEND fsdnet_cpu_targets ${fsdnet_target_${fsdnet_family_${target}}})
    else ()
        list(APPEND fsdnet_network_targets ${target})
        list(APPEND fsdnet_cpu_targets ${target})
    endif ()
endforeach ()
list(REMOVE_DUPLICATES fsdnet_cpu_targets)
