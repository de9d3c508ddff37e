# fsdnet_add_network(<target> MODEL <file> [NAME <name>] [FLOATS] [WITH judge masked] [MEMORY stack|caller|static]
#                    [AUTOSCHEDULER <name>]
#                    [TARGETS <target>...])
#
# Compiles a network while the project is built: the library <target> to link, whose header <name>.h declares
#   int <name>(const uint8_t *image, int batch, float *log_posterior);
# or, for networks that take vectors or give numbers, what these take and give. With FLOATS there is a second
# function <name>_floats for images of floats, WITH judge <name>_judge (of a model whose novelty is fitted), WITH masked
# <name>_masked for images with unobserved pixels. MEMORY says where the tensors are: on the stack, which is the default, in
# memory that the caller gives as last argument, or in a static buffer (one call at a time). With AUTOSCHEDULER it is scheduled by
# one of Halide's: Adams2019, Li2018 or Mullapudi2016. <file> is a model or a quantized network. NAME is <target> unless given.
# TARGETS are instruction sets by Halide's names, the best first, the one that every machine has last; those that fsdnet was
# built for unless given.
include("${CMAKE_CURRENT_LIST_DIR}/CompiledLibrary.cmake")

function(fsdnet_add_network target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "FLOATS" "MODEL;NAME;AUTOSCHEDULER;MEMORY" "TARGETS;WITH")
    if (arg_UNPARSED_ARGUMENTS OR NOT arg_MODEL)
        message(FATAL_ERROR "usage: fsdnet_add_network(<target> MODEL <file> [NAME <name>] [FLOATS] [WITH judge masked] "
                            "[MEMORY stack|caller|static] [AUTOSCHEDULER <name>] [TARGETS <target>...])")
    endif ()
    if (NOT arg_NAME)
        set(arg_NAME ${target})
    endif ()
    if (NOT arg_TARGETS)
        get_target_property(arg_TARGETS fsdnet::compiler FSDNET_TARGETS)
    endif ()
    set(flags "")
    if (arg_FLOATS)
        set(flags --floats)
    endif ()
    foreach (function IN ITEMS judge masked)
        if (function IN_LIST arg_WITH)
            list(APPEND flags --${function})
            list(REMOVE_ITEM arg_WITH ${function})
        endif ()
    endforeach ()
    if (arg_WITH)
        message(FATAL_ERROR "fsdnet_add_network: WITH takes judge and masked; found '${arg_WITH}'")
    endif ()
    if (arg_AUTOSCHEDULER)
        list(APPEND flags --autoscheduler ${arg_AUTOSCHEDULER})
    endif ()
    if (arg_MEMORY)
        list(APPEND flags --memory ${arg_MEMORY})
    endif ()
    get_filename_component(model "${arg_MODEL}" ABSOLUTE)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}.network")
    fsdnet_compiled_library(${target} FOLDER "${folder}" NAME ${arg_NAME} COMMENT "Compiling the network ${arg_NAME}"
                            DEPENDS "${model}" fsdnet::compiler
                            COMMAND fsdnet::compiler ${flags} "${model}" ${arg_NAME} "${folder}" ${arg_TARGETS})
endfunction()
