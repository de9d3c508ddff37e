# fsdnet_link_kernels(<target> <kernel>...)
#   links the runtime with these kernels alone, where fsdnet::kernels brings all that networks may ask for.
#   `fsdnet bench --model <file> --layers` names the kernels that a network calls; one that is missing is an error of
#   fsd::Network and of fsdnet_load() that names it.
#     fsdnet_link_kernels(app success_probability_cpu kld_linear_log_normalize_cpu)
function(fsdnet_link_kernels target)
    set(source "/* Written by fsdnet_link_kernels(): the kernels of ${target}. */
#ifdef __cplusplus
extern \"C\" {
#endif
struct halide_filter_metadata_t;
void halide_register_argv_and_metadata(int (*call)(void **), const struct halide_filter_metadata_t *about,
                                       const char *const *pairs);
")
    foreach (kernel IN LISTS ARGN)
        if (NOT kernel IN_LIST fsdnet_inference_kernels)
            list(JOIN fsdnet_inference_kernels ", " known)
            message(FATAL_ERROR "fsdnet_link_kernels(${target} ...) knows no kernel '${kernel}'; there are ${known}.")
        endif ()
        string(APPEND source "
int ${kernel}_argv(void **arguments);
#ifdef __cplusplus
const struct halide_filter_metadata_t *${kernel}_metadata();
#else
const struct halide_filter_metadata_t *${kernel}_metadata(void);
#endif
__attribute__((constructor)) static void register_${kernel}(void) {
    halide_register_argv_and_metadata(${kernel}_argv, ${kernel}_metadata(), 0);
}
")
    endforeach ()
    string(APPEND source "
#ifdef __cplusplus
}
#endif
")
    get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
    set(extension cpp)
    if (C IN_LIST languages)
        set(extension c)
    endif ()
    set(file "${CMAKE_CURRENT_BINARY_DIR}/${target}_kernels.${extension}")
    file(CONFIGURE OUTPUT "${file}" CONTENT "${source}" @ONLY)
    target_sources(${target} PRIVATE "${file}")
    target_link_libraries(${target} PRIVATE fsdnet::signatures)
    target_link_options(${target} PRIVATE -Wl,--gc-sections)
endfunction()
