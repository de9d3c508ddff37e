# fsdnet_warnings: what every target of the project outside the generators is compiled with: warnings, and the
# sanitizers of the presets asan and tsan.
add_library(fsdnet_warnings INTERFACE)
target_compile_options(fsdnet_warnings INTERFACE -Wall -Wextra -Wpedantic)

if (FSDNET_SANITIZERS)
    set(sanitizer_flags -fsanitize=${FSDNET_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(fsdnet_warnings INTERFACE ${sanitizer_flags})
    target_link_options(fsdnet_warnings INTERFACE ${sanitizer_flags})
endif ()
