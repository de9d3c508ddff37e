# Finds the build's own tools: Halide in .venv (made by `make tools` from requirements.txt) unless Halide_ROOT or
# Halide_DIR names another one, and ccache where it is installed.
if (NOT Halide_ROOT AND NOT Halide_DIR)
    # Straight to the package inside the wheel: the one in .venv/share looks for a Python on PATH and its headers.
    file(GLOB Halide_DIR LIST_DIRECTORIES YES
         "${PROJECT_SOURCE_DIR}/.venv/lib/python3.*/site-packages/halide/lib*/cmake/Halide")
    if (NOT Halide_DIR AND SKBUILD)
        # pip has it beside the other packages that pyproject.toml builds with.
        find_package(Python REQUIRED COMPONENTS Interpreter)
        execute_process(COMMAND "${Python_EXECUTABLE}" -c
                        "from importlib.util import find_spec; print(*find_spec('halide').submodule_search_locations)"
                        OUTPUT_STRIP_TRAILING_WHITESPACE OUTPUT_VARIABLE halide_package COMMAND_ERROR_IS_FATAL ANY)
        file(GLOB Halide_DIR LIST_DIRECTORIES YES "${halide_package}/lib*/cmake/Halide")
    endif ()
    if (NOT Halide_DIR)
        message(FATAL_ERROR "Halide was looked for in ${PROJECT_SOURCE_DIR}/.venv and is not there. "
                            "'make tools' puts it there; another one is named by -DHalide_ROOT=<folder>.")
    endif ()
endif ()
# The bindings for Python, which Halide's package looks for as well.
set(CMAKE_DISABLE_FIND_PACKAGE_Halide_Python YES)

find_program(FSDNET_CCACHE ccache)
mark_as_advanced(FSDNET_CCACHE)
if (FSDNET_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${FSDNET_CCACHE}")
endif ()
