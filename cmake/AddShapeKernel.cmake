# fsdnet_add_kernel(<target> OP <operator> SHAPE <axis>=<extent>... [NAME <name>]
#                   [AUTOSCHEDULER <name> [OPTIONS <name>=<value>...] | PARAMETERS <name>:<value>...] [TARGETS <target>...])
#
# Compiles an operator for one shape while the project is built: the library <target> to link, whose header <name>.h declares
#   int <name>(const float *<input>..., float *<output>...);
# with pointers to dense tensors of that shape. `fsdnet kernels` and the header say the arguments, their axes and meaning.
# SHAPE gives the extents of the axes and the integer scalars: sample=64 input=512 output=10. The schedule is fsdnet's own, with
# PARAMETERS other than its defaults, or that of one of Halide's autoschedulers: Adams2019, Li2018 or Mullapudi2016, with its
# OPTIONS by Halide's names (beam_size=8, weights_path=<file>; parallelism is 1 unless given). NAME is <target> unless given.
# TARGETS are instruction sets by Halide's names, the best first, the one that every machine has last; those that fsdnet was
# built for unless given.
include("${CMAKE_CURRENT_LIST_DIR}/CompiledLibrary.cmake")

function(fsdnet_add_kernel target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "OP;NAME;AUTOSCHEDULER" "SHAPE;OPTIONS;PARAMETERS;TARGETS")
    if (arg_UNPARSED_ARGUMENTS OR NOT arg_OP OR NOT arg_SHAPE OR (arg_OPTIONS AND NOT arg_AUTOSCHEDULER))
        message(FATAL_ERROR "usage: fsdnet_add_kernel(<target> OP <operator> SHAPE <axis>=<extent>... [NAME <name>] "
                            "[AUTOSCHEDULER <name> [OPTIONS <name>=<value>...] | PARAMETERS <name>:<value>...] "
                            "[TARGETS <target>...])")
    endif ()
    if (NOT arg_NAME)
        set(arg_NAME ${target})
    endif ()
    if (NOT arg_TARGETS)
        get_target_property(arg_TARGETS fsdnet::kernel_compiler FSDNET_TARGETS)
    endif ()
    set(flags "")
    foreach (option IN ITEMS AUTOSCHEDULER OPTIONS PARAMETERS)
        if (arg_${option})
            string(TOLOWER ${option} flag)
            list(JOIN arg_${option} "," value)
            list(APPEND flags --${flag} "${value}")
        endif ()
    endforeach ()
    list(JOIN arg_SHAPE "," shape)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}.kernel")
    fsdnet_compiled_library(${target} FOLDER "${folder}" NAME ${arg_NAME} COMMENT "Compiling the kernel ${arg_NAME}"
                            DEPENDS fsdnet::kernel_compiler
                            COMMAND fsdnet::kernel_compiler ${flags} ${arg_OP} "${shape}" ${arg_NAME} "${folder}" ${arg_TARGETS})
endfunction()
