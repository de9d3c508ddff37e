# check_consumers(<root> <work> [WITH_COMPILER]): builds the user's projects of this folder against the installation below <root> and
# runs their programs: CMake from C++ and C, pkg-config, Rust and Python; with the compiler a compiled network and a kernel, and
# a project in C alone.
set(package_model "${CMAKE_CURRENT_LIST_DIR}/../../models/mnist-16-32.safetensors")
find_program(pkg_config pkg-config)
find_program(rustc rustc HINTS "$ENV{HOME}/.cargo/bin")
find_program(python python3)

# build_project(<source> <root> <folder>)
function(build_project source root folder)
    run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${source}" -B "${folder}" -G "${generator}"
        "-DCMAKE_MAKE_PROGRAM=${make_program}" "-DCMAKE_PREFIX_PATH=${root}" -DCMAKE_BUILD_TYPE=Release
        "-Dmodel=${package_model}" ${ARGN})
    run("${CMAKE_COMMAND}" --build "${folder}")
endfunction()

# compile_by_pkg_config(<module> <folder of fsdnet.pc> <program>): a C program against what pkg-config says of the module.
function(compile_by_pkg_config module folder program)
    set(ENV{PKG_CONFIG_PATH} "${folder}")
    execute_process(COMMAND "${pkg_config}" --cflags --libs ${module} OUTPUT_VARIABLE flags
                    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    separate_arguments(flags UNIX_COMMAND "${flags}")
    run(cc "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/main.c" -o "${program}" ${flags})
endfunction()

function(check_consumers root work)
    cmake_parse_arguments(PARSE_ARGV 2 arg "WITH_COMPILER" "" "")
    build_project(. "${root}" "${work}/consumer" -Dwith_compiler=${arg_WITH_COMPILER})
    foreach (program IN ITEMS consumer training_consumer c_consumer shared_consumer)
        run("${work}/consumer/${program}")
    endforeach ()
    run("${work}/consumer/small_consumer" "${package_model}")
    if (arg_WITH_COMPILER)
        run("${work}/consumer/network_consumer")
        run("${work}/consumer/kernel_consumer")
        build_project(c_project "${root}" "${work}/c_project")
        run("${work}/c_project/c_consumer")
        run("${work}/c_project/network_consumer")
    endif ()

    # What only knows where the libraries lie.
    file(GLOB_RECURSE description "${root}/*/fsdnet.pc")
    get_filename_component(folder "${description}" DIRECTORY)
    get_filename_component(libraries "${folder}" DIRECTORY)
    set(with_library "${CMAKE_COMMAND}" -E env "LD_LIBRARY_PATH=${libraries}")
    if (pkg_config)
        compile_by_pkg_config(fsdnet-static "${folder}" "${work}/static_pkg_config_consumer")
        run("${work}/static_pkg_config_consumer")
        compile_by_pkg_config(fsdnet "${folder}" "${work}/pkg_config_consumer")
        run(${with_library} "${work}/pkg_config_consumer")
    else ()
        message(STATUS "Skipped: pkg-config is not installed, so nothing asks it.")
    endif ()
    if (rustc)
        run("${rustc}" --edition 2021 -O "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/consumer.rs" -L "native=${libraries}"
            -o "${work}/rust_consumer")
        run(${with_library} "${work}/rust_consumer" "${package_model}")
    else ()
        message(STATUS "Skipped: rustc is not installed, so no program in Rust is built.")
    endif ()
    if (python)
        run("${python}" "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/consumer.py" "${libraries}" "${package_model}")
    else ()
        message(STATUS "Skipped: python3 is not installed, so no program in Python is run.")
    endif ()
endfunction()
