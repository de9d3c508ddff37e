# Installs the package, moves it, builds the user's project beside this file against it and runs its programs.
# cmake -D build=<build folder> -D work=<folder to use> -D generator=<name> -D make_program=<path> -P check.cmake
cmake_minimum_required(VERSION 3.28)

function(run)
    execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE "${work}")
foreach (component IN ITEMS development library compiler)
    run("${CMAKE_COMMAND}" --install "${build}" --prefix "${work}/first" --component ${component})
endforeach ()
# A package is made on one machine and used on another: nothing may remember where it was installed.
file(RENAME "${work}/first" "${work}/moved")
# The loader reads an empty or relative element as the current folder, where anybody's library may lie.
foreach (compiler IN ITEMS fsdnet_compiler fsdnet_kernel_compiler)
    file(GLOB_RECURSE installed "${work}/moved/*/${compiler}")
    execute_process(COMMAND readelf --dynamic --wide "${installed}" OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
    if (NOT dynamic MATCHES "runpath: \\[([^]]*)\\]" OR CMAKE_MATCH_1 MATCHES "(^|:)([^/$]|$)|:$")
        message(FATAL_ERROR "${installed} looks for libraries in '${CMAKE_MATCH_1}'.")
    endif ()
endforeach ()

include("${CMAKE_CURRENT_LIST_DIR}/consumers.cmake")
check_consumers("${work}/moved" "${work}" WITH_COMPILER)
include("${CMAKE_CURRENT_LIST_DIR}/small.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/subdirectory.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/symbols.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/debian.cmake")
if (unpacked)
    include("${CMAKE_CURRENT_LIST_DIR}/docker.cmake")
endif ()

# Where the compiler is not installed, both ways of asking for it say so and how it is had.
run("${CMAKE_COMMAND}" --install "${build}" --prefix "${work}/incomplete" --component development)
foreach (by_component IN ITEMS ON OFF)
    execute_process(COMMAND "${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}/incomplete" -B "${work}/incomplete_${by_component}"
                            -G "${generator}" "-DCMAKE_MAKE_PROGRAM=${make_program}" "-Dby_component=${by_component}"
                            "-DCMAKE_PREFIX_PATH=${work}/incomplete"
                    RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE errors)
    string(REGEX REPLACE "[ \n]+" " " errors "${errors}")
    if (status EQUAL 0 OR NOT errors MATCHES "make install PREFIX=<folder>")
        message(FATAL_ERROR "A project without the component 'compiler' ended with ${status}: ${errors}")
    endif ()
endforeach ()
