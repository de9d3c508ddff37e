# A program with the kernels of one network is small, and they are enough to run it.
set(small "${work}/consumer/small_consumer")
run(strip -o "${small}_stripped" "${small}")
file(SIZE "${small}_stripped" size)
message(STATUS "An inference program with the kernels of one network: ${size} bytes, stripped.")
if (size GREATER 1500000)
    message(FATAL_ERROR "${small}_stripped should have at most 1500000 bytes, for which fsdnet_link_kernels() is there; it has ${size}.")
endif ()

# A kernel that does not exist is refused when the program is configured.
file(MAKE_DIRECTORY "${work}/unknown_kernel")
file(WRITE "${work}/unknown_kernel/CMakeLists.txt" "cmake_minimum_required(VERSION 3.16)
project(unknown_kernel C)
find_package(fsdnet 0.1 REQUIRED)
add_executable(app \"${CMAKE_CURRENT_LIST_DIR}/main.c\")
fsdnet_link_kernels(app no_such_kernel)
")
execute_process(COMMAND "${CMAKE_COMMAND}" -S "${work}/unknown_kernel" -B "${work}/unknown_kernel/build" -G "${generator}"
                        "-DCMAKE_MAKE_PROGRAM=${make_program}" "-DCMAKE_PREFIX_PATH=${work}/moved"
                RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE errors)
if (status EQUAL 0 OR NOT errors MATCHES "no_such_kernel")
    message(FATAL_ERROR "fsdnet_link_kernels(app no_such_kernel) ended with ${status}: ${errors}")
endif ()
