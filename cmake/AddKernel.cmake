# add_kernel_set(<set> TARGET <target>)
#   -> the library fsd::<target>, whose kernels are those of the set, and <set>_signatures: their arguments alone
# add_kernel(<op> SET <set> SCHEDULES <schedule>...)
#
# generators/<op>.cpp + schedules/<schedule>/<op>.cpp
#   -> the program  <op>.<schedule>.generator
#   -> the library  <op>_<schedule>, with a function and a header of the same name;
#      from schedules/gpu/, where FSDNET_GPU is on, the libraries <op>_opencl and <op>_cuda
# runtime/signatures/<op>.cpp
#   -> the axes and the meaning of the op's arguments
# Both register themselves in every program that links the set, and in no other.
# schedules/tuned/<op>.json, where it exists
#   -> the values of the schedule's parameters (docs/tuning.md)
# schedules/tuned/<op>/, where it exists
#   -> the kernel <op>_tuned, with kernels of their own for the shapes that were adopted (cmake/AdoptedKernels.cmake)
# cases/<op>.cpp
#   -> the op's float64 reference and shapes, for the tests and the benchmarks

# With FSDNET_PREBUILT_KERNELS, the folder of another build of the same sources, its libraries serve: sanitizers leave
# kernels as they are, and compiling these takes most of a build.

include(AdoptedKernels)
include(TunedParameters)
set(FSDNET_PREBUILT_KERNELS "" CACHE PATH "The folder of a build whose kernels are taken in place of own ones")

# take_prebuilt(<library> <libraries that it calls>...): a library of the other build.
function(take_prebuilt library)
    add_library(${library} STATIC IMPORTED GLOBAL)
    set_target_properties(${library} PROPERTIES IMPORTED_LOCATION "${FSDNET_PREBUILT_KERNELS}/generators/lib${library}.a")
    target_link_libraries(${library} INTERFACE ${ARGN})
endfunction()

# Parses Halide.h once for all generator programs. They are compiled without optimization: each runs once and spends
# its time inside libHalide, and compiling takes half as long.
set(generator_options -O0 -g0 "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
add_executable(halide_header "${CMAKE_CURRENT_LIST_DIR}/halide_header.cpp")
target_link_libraries(halide_header PRIVATE Halide::Generator)
target_precompile_headers(halide_header PRIVATE <Halide.h>)
set_target_properties(halide_header PROPERTIES NO_SYSTEM_FROM_IMPORTED YES)
target_compile_options(halide_header PRIVATE ${generator_options} -Wdeprecated-declarations)

add_library(schedule_parameters STATIC "${PROJECT_SOURCE_DIR}/generators/autoscheduling.cpp"
            "${PROJECT_SOURCE_DIR}/generators/schedule_parameters.cpp")
target_link_libraries(schedule_parameters PUBLIC Halide::Generator)
target_include_directories(schedule_parameters PUBLIC "${PROJECT_SOURCE_DIR}")
# Compiled as the parsed header is: for a program, not for a shared library.
set_target_properties(schedule_parameters PROPERTIES POSITION_INDEPENDENT_CODE NO)
target_compile_options(schedule_parameters PRIVATE ${generator_options} -fPIE)
target_precompile_headers(schedule_parameters REUSE_FROM halide_header)

function(add_kernel_set set)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TARGET" "")
    set_property(GLOBAL APPEND PROPERTY fsdnet_kernel_sets ${set})
    # Signatures and registrations run before main and are named by nothing: objects, which the linker never drops.
    # Dozens of files of a few lines, compiled as one.
    foreach (part IN ITEMS signatures registrations)
        add_library(${set}_${part}.objects OBJECT)
        target_link_libraries(${set}_${part}.objects PRIVATE fsd::runtime)
        set_target_properties(${set}_${part}.objects PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
        # It runs once, before main, where nobody could catch what is thrown: without the code that would clean up behind it.
        target_compile_options(${set}_${part}.objects PRIVATE $<$<CONFIG:Release>:-Os -fno-exceptions>)
        add_library(${set}_${part} INTERFACE)
        target_sources(${set}_${part} INTERFACE $<TARGET_OBJECTS:${set}_${part}.objects>)
    endforeach ()
    # The kernels' own libraries, by name.
    add_library(${set}_libraries INTERFACE)
    add_library(${arg_TARGET} INTERFACE)
    add_library(fsd::${arg_TARGET} ALIAS ${arg_TARGET})
    target_link_libraries(${arg_TARGET} INTERFACE fsd::runtime ${set}_signatures ${set}_registrations ${set}_libraries)
endfunction()

function(add_kernel op)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "SET" "SCHEDULES")
    get_property(sets GLOBAL PROPERTY fsdnet_kernel_sets)
    if (NOT arg_SET IN_LIST sets)
        message(FATAL_ERROR "add_kernel(${op} SET <set> SCHEDULES ...) names one of the sets ${sets}; found '${arg_SET}'.")
    endif ()
    set_property(GLOBAL APPEND PROPERTY fsdnet_ops ${op})
    target_sources(${arg_SET}_signatures.objects PRIVATE "${PROJECT_SOURCE_DIR}/runtime/signatures/${op}.cpp")
    foreach (schedule IN LISTS arg_SCHEDULES)
        set(libraries ${schedule})
        if (schedule STREQUAL gpu)
            set(libraries ${fsdnet_gpu_apis})
        endif ()
        if (NOT libraries)
            continue ()
        endif ()
        set(generator ${op}.${schedule}.generator)
        add_halide_generator(${generator} SOURCES
                             "${PROJECT_SOURCE_DIR}/generators/${op}.cpp"
                             "${PROJECT_SOURCE_DIR}/schedules/${schedule}/${op}.cpp")
        target_link_libraries(${generator} PRIVATE schedule_parameters)
        target_compile_options(${generator} PRIVATE ${generator_options})
        target_precompile_headers(${generator} REUSE_FROM halide_header)
        # The class and its schedule(), as one file: what is included costs more than the two.
        set_target_properties(${generator} PROPERTIES UNITY_BUILD ON)
        foreach (library IN LISTS libraries)
            if (FSDNET_PREBUILT_KERNELS)
                take_prebuilt(${op}_${library} halide_runtime)
                set(registration "${FSDNET_PREBUILT_KERNELS}/generators/${op}_${library}.registration.cpp")
            else ()
                tuned_parameters(${op} ${library} parameters)
                add_halide_library(${op}_${library} FROM ${generator} GENERATOR ${op}
                                   TARGETS ${fsdnet_${library}_targets}
                                   USE_RUNTIME halide_runtime
                                   PARAMS ${parameters}
                                   REGISTRATION registration)
            endif ()
            target_sources(${arg_SET}_registrations.objects PRIVATE "${registration}")
            target_link_libraries(${arg_SET}_libraries INTERFACE ${op}_${library})
        endforeach ()
    endforeach ()
    if (cpu IN_LIST arg_SCHEDULES)
        adopted_kernels(${op} ${arg_SET})
    endif ()
endfunction()
