# adopted_kernels(<op> <set>): what `fsdnet tune --adopt` wrote for the op becomes the kernel <op>_tuned, which serves the
# shapes of FSDNET_ADOPTED/<op>/*.json by kernels of their own and all others as <op>_cpu does (docs/tuning.md).
#
#   FSDNET_ADOPTED/<op>/<shape>.<family>.json         what was measured: target, CPU, extents, parameters
#   FSDNET_ADOPTED/<op>/<shape>.<family>.schedule.h   an autoscheduler's schedule for it, if that is what was adopted
#     -> the library <op>_tuned_<number>, compiled for that family of instruction sets
set(FSDNET_ADOPTED "${CMAKE_CURRENT_LIST_DIR}/../schedules/tuned" CACHE PATH "Folder of the kernels that were adopted for one shape")
file(GLOB adopted_files CONFIGURE_DEPENDS "${FSDNET_ADOPTED}/*/*.json")
set(adopted_kernels_folder "${CMAKE_CURRENT_LIST_DIR}")

# The kernel's generator: the formula as it was stated to the autoscheduler, with the schedule that it proposed.
function(adopted_generator op generator schedule)
    set(formula "${adopted_kernels_folder}/../generators/${op}.cpp")
    file(STRINGS "${formula}" registration REGEX "^HALIDE_REGISTER_GENERATOR")
    string(REGEX REPLACE ".*\\((.*), .*" "\\1" class "${registration}")
    set(source "${CMAKE_CURRENT_BINARY_DIR}/${generator}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "// Written by cmake/AdoptedKernels.cmake.
#define FSDNET_ADOPTED_SCHEDULE \"@schedule@\"
#include \"generators/@op@.cpp\"

void @class@::schedule() {}
" @ONLY)
    add_halide_generator(${generator} SOURCES "${source}")
    target_link_libraries(${generator} PRIVATE schedule_parameters)
    target_compile_options(${generator} PRIVATE ${generator_options})
    target_precompile_headers(${generator} REUSE_FROM halide_header)
endfunction()

# name:value,... of an object in JSON.
function(adopted_parameters json variable)
    set(words)
    string(JSON count LENGTH "${json}" parameters)
    if (count GREATER 0)
        math(EXPR last "${count} - 1")
        foreach (i RANGE ${last})
            string(JSON name MEMBER "${json}" parameters ${i})
            string(JSON value GET "${json}" parameters "${name}")
            list(APPEND words "${name}:${value}")
        endforeach ()
    endif ()
    list(JOIN words "," words)
    set(${variable} "${words}" PARENT_SCOPE)
endfunction()

function(adopted_kernels op set)
    set(files ${adopted_files})
    list(FILTER files INCLUDE REGEX "/${op}/[^/]*$")
    set(number 0)
    set(declarations)
    set(rows)
    foreach (file IN LISTS files)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
        file(READ "${file}" json)
        foreach (member IN ITEMS target cpu extents)
            string(JSON ${member} GET "${json}" ${member})
        endforeach ()
        if (NOT "${fsdnet_target_${target}}" IN_LIST fsdnet_cpu_targets)
            continue ()
        endif ()
        get_filename_component(name "${file}" NAME)
        string(REGEX REPLACE "\\.json$" "" name "${name}")
        string(REGEX REPLACE "\\.json$" ".schedule.h" schedule "${file}")
        set(library ${op}_tuned_${number})
        set(generator ${op}.cpu.generator)
        set(parameters)
        if (EXISTS "${schedule}")
            set(generator ${op}.tuned.${number}.generator)
            adopted_generator(${op} ${generator} "${schedule}")
        else ()
            adopted_parameters("${json}" words)
            if (words)
                set(parameters PARAMS "parameters=${words}")
            endif ()
        endif ()
        add_halide_library(${library} FROM ${generator} GENERATOR ${op} TARGETS ${fsdnet_target_${target}}
                           USE_RUNTIME halide_runtime ${parameters})
        target_link_libraries(${set}_libraries INTERFACE ${library})
        string(APPEND declarations "extern \"C\" int ${library}_argv(void **);\n")
        string(APPEND rows "        {\"${name}\", \"${target}\", \"${cpu}\", \"${extents}\", ${library}_argv},\n")
        math(EXPR number "${number} + 1")
    endforeach ()
    if (number EQUAL 0)
        return ()
    endif ()
    set(registration "${CMAKE_CURRENT_BINARY_DIR}/${op}_tuned.registration.cpp")
    file(CONFIGURE OUTPUT "${registration}" CONTENT "// Written by cmake/AdoptedKernels.cmake.
#include \"runtime/shape_kernels.h\"

extern \"C\" int @op@_cpu_argv(void **);
extern \"C\" const halide_filter_metadata_t *@op@_cpu_metadata();
@declarations@
namespace fsd::adopted::@op@ {

int call(void **arguments);
const ShapeKernels kernels(\"@op@\", @op@_cpu_argv, @op@_cpu_metadata(), call, {
@rows@    });
int call(void **arguments) {
    return kernels.run(arguments);
}

}  // namespace fsd::adopted::@op@
" @ONLY)
    target_sources(${set}_registrations.objects PRIVATE "${registration}")
endfunction()
