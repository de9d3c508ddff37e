# Installs the package, moves it, builds the user's project beside this file against it and runs its programs.
# cmake -D build=<build folder> -D work=<folder to use> -D generator=<name> -D make_program=<path> -P check.cmake
cmake_minimum_required(VERSION 3.28)

function(run)
    execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE "${work}")
run("${CMAKE_COMMAND}" --install "${build}" --prefix "${work}/first" --component development)
run("${CMAKE_COMMAND}" --install "${build}" --prefix "${work}/first" --component compiler)
# A package is made on one machine and used on another: nothing may remember where it was installed.
file(RENAME "${work}/first" "${work}/moved")
# The loader reads an empty or relative element as the current folder, where anybody's library may lie.
file(GLOB_RECURSE installed_compiler "${work}/moved/*/fsdnet_compiler")
execute_process(COMMAND readelf --dynamic --wide "${installed_compiler}" OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
if (NOT dynamic MATCHES "runpath: \\[([^]]*)\\]" OR CMAKE_MATCH_1 MATCHES "(^|:)([^/$]|$)|:$")
    message(FATAL_ERROR "${installed_compiler} looks for libraries in '${CMAKE_MATCH_1}'.")
endif ()

run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}" -B "${work}/consumer" -G "${generator}"
    "-DCMAKE_MAKE_PROGRAM=${make_program}" "-DCMAKE_PREFIX_PATH=${work}/moved" -DCMAKE_BUILD_TYPE=Release
    "-Dmodel=${CMAKE_CURRENT_LIST_DIR}/../../models/mnist.safetensors")
run("${CMAKE_COMMAND}" --build "${work}/consumer")
run("${work}/consumer/consumer")
run("${work}/consumer/training_consumer")
run("${work}/consumer/c_consumer")
run("${work}/consumer/network_consumer")
