# compile_by_pkg_config(<module> <folder of fsdnet.pc> <program>): a C program against what pkg-config says of the module.
find_program(pkg_config pkg-config)

function(compile_by_pkg_config module folder program)
    set(ENV{PKG_CONFIG_PATH} "${folder}")
    execute_process(COMMAND "${pkg_config}" --cflags --libs ${module} OUTPUT_VARIABLE flags
                    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    separate_arguments(flags UNIX_COMMAND "${flags}")
    run(cc "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/main.c" -o "${program}" ${flags})
endfunction()

if (pkg_config)
    file(GLOB_RECURSE description "${work}/moved/*/fsdnet.pc")
    get_filename_component(folder "${description}" DIRECTORY)
    compile_by_pkg_config(fsdnet-static "${folder}" "${work}/static_pkg_config_consumer")
    run("${work}/static_pkg_config_consumer")
    compile_by_pkg_config(fsdnet "${folder}" "${work}/pkg_config_consumer")
    run("${CMAKE_COMMAND}" -E env "LD_LIBRARY_PATH=${folder}/.." "${work}/pkg_config_consumer")
else ()
    message(STATUS "Skipped: pkg-config is not installed, so nothing asks it.")
endif ()
