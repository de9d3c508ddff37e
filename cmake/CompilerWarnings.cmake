# fsdnet_warnings: what every target of the project outside the generators is compiled with: warnings, and the
# sanitizers of the presets asan and tsan, or what makes a fault in memory harder to use.
add_library(fsdnet_warnings INTERFACE)
target_compile_options(fsdnet_warnings INTERFACE -Wall -Wextra -Wpedantic)
# No build says in which folder it was made: two of them give the same bytes.
target_compile_options(fsdnet_warnings INTERFACE "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")

if (FSDNET_SANITIZERS)
    set(sanitizer_flags -fsanitize=${FSDNET_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(fsdnet_warnings INTERFACE ${sanitizer_flags})
    target_link_options(fsdnet_warnings INTERFACE ${sanitizer_flags})
else ()
    # Stacks have guards, jumps land where they may (CET), known lengths are checked, programs are loaded anywhere, and what
    # the loader writes is read-only before main() begins. Kernels are Halide's objects, which none of this touches.
    include(CheckCXXCompilerFlag)
    check_cxx_compiler_flag(-fcf-protection FSDNET_COMPILER_KNOWS_CET)
    target_compile_options(fsdnet_warnings INTERFACE -fstack-protector-strong
                           $<$<BOOL:${FSDNET_COMPILER_KNOWS_CET}>:-fcf-protection>
                           "$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>")
    target_link_options(fsdnet_warnings INTERFACE LINKER:-z,relro,-z,now
                        $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
endif ()
