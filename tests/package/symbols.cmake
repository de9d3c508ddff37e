# libfsdnet.so shows the C interface, all of it and nothing else, and has a name with a version.

# names(<variable> <pattern> <nm's arguments>...): what the pattern catches of nm's lines, sorted.
function(names variable pattern)
    execute_process(COMMAND nm ${ARGN} OUTPUT_VARIABLE lines COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "${pattern}[^\n]*" found "${lines}")
    list(TRANSFORM found REPLACE "^.* ([^ @]+).*$" "\\1")
    list(SORT found)
    set(${variable} "${found}" PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE library "${work}/moved/*/libfsdnet.so")
file(GLOB_RECURSE runtime "${work}/moved/*/libfsdnet_runtime.a")
# The version of the symbols is an absolute symbol itself.
names(shown " [B-Zb-z] " --dynamic --defined-only "${library}")
names(interface " T fsdnet_" --defined-only --extern-only "${runtime}")
list(LENGTH interface count)
if (count EQUAL 0 OR NOT "${shown}" STREQUAL "${interface}")
    message(FATAL_ERROR "${library} should show the C interface, ${interface}; it shows ${shown}.")
endif ()
execute_process(COMMAND readelf --dynamic --wide "${library}" OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
if (NOT dynamic MATCHES "soname: \\[libfsdnet\\.so\\.[0-9]+\\]")
    message(FATAL_ERROR "${library} has no name with a version: ${dynamic}")
endif ()
message(STATUS "libfsdnet.so shows ${count} functions.")
